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
  await takeLease(storage, 'a', 2_050, 0);
  assert.equal(await takeLease(storage, 'a', 2_060, 500), false, 'nobody gives back what another has');
  await takeLease(storage, 'b', 2_100, 0);
  assert.equal(await takeLease(storage, 'a', 2_200, 500), true, 'given back');
});

test('a lease that a clock now set back seems to have taken for ever is given away', async () => {
  const storage = createMemoryStorage();
  assert.equal(await takeLease(storage, 'a', 1_000_000, 500), true);
  assert.equal(await takeLease(storage, 'b', 1_000, 500), true);
});
