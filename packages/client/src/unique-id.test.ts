import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uniqueId } from './unique-id.ts';

test('an id is a UUIDv7 that is valid in the contract', () => {
  // Example of RFC 9562, appendix A.6.
  const id = uniqueId(0x017f22e279b0);
  assert.match(id, /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(id, /^[A-Za-z0-9_-]{1,64}$/);
});

test('ids sort by creation time and are unique', () => {
  const ids = Array.from({ length: 200 }, (_, i) => uniqueId(1_700_000_000_000 + i));
  assert.deepEqual(ids.toSorted(), ids);
  assert.equal(new Set(Array.from({ length: 200 }, () => uniqueId(1))).size, 200);
});
