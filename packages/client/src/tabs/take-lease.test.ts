import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { takeLease } from './take-lease.ts';

test('one holder has the lease at a time, and the next one after its expiry or release', async () => {
  const storage = createMemoryStorage();
  assert.equal(await takeLease(storage, 'a', 1_000, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_200, 500), false);
  assert.equal(await takeLease(storage, 'a', 1_300, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_900, 500), true);
  assert.equal(await takeLease(storage, 'a', 2_000, 500), false);
  await takeLease(storage, 'b', 2_100, 0);
  assert.equal(await takeLease(storage, 'a', 2_200, 500), true, 'released');
});

test('a lease is released by a single write, because a suspended page cannot finish a transaction', async () => {
  const storage = createMemoryStorage();
  await takeLease(storage, 'a', 1_000, 500);
  const update = () => assert.fail('a change in two steps');
  await takeLease({ ...storage, update }, 'a', 1_100, 0);
  assert.equal(await takeLease(storage, 'b', 1_200, 500), true);
});

test('a lease that expires too far in the future after a clock change can be taken', async () => {
  const storage = createMemoryStorage();
  assert.equal(await takeLease(storage, 'a', 1_000_000, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_000, 500), true);
});
