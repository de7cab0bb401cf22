import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { takeLease } from './take-lease.ts';

test('it is leased to one at a time, and to the next when the time is over or it is given back', async () => {
  const storage = createMemoryStorage();
  assert.equal(await takeLease(storage, 'a', 1_000, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_200, 500), false);
  assert.equal(await takeLease(storage, 'a', 1_300, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_900, 500), true);
  assert.equal(await takeLease(storage, 'a', 2_000, 500), false);
  await takeLease(storage, 'b', 2_100, 0);
  assert.equal(await takeLease(storage, 'a', 2_200, 500), true, 'given back');
});

test('it is given back by one write: what takes two steps, a page that is put aside begins and never ends', async () => {
  const storage = createMemoryStorage();
  await takeLease(storage, 'a', 1_000, 500);
  const update = () => assert.fail('a change in two steps');
  await takeLease({ ...storage, update }, 'a', 1_100, 0);
  assert.equal(await takeLease(storage, 'b', 1_200, 500), true);
});

test('a lease that a clock now set back seems to have taken for ever is given away', async () => {
  const storage = createMemoryStorage();
  assert.equal(await takeLease(storage, 'a', 1_000_000, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_000, 500), true);
});
