import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';

test('places are taken under all keys or none, and released once', () => {
  const limiter = createConcurrencyLimiter();
  const places = [
    { key: 'visitor', limit: 2 },
    { key: 'address', limit: 3 },
  ];
  const first = limiter.take(places);
  assert.ok(first && limiter.take(places));
  assert.equal(limiter.take(places), null);
  assert.ok(limiter.take([{ key: 'address', limit: 3 }]), 'the refused one left nothing behind');
  first();
  first();
  assert.ok(limiter.take(places), 'one place was freed, not two');
  assert.equal(limiter.take(places), null);
});
