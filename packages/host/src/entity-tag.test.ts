import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesTag } from './entity-tag.ts';

test('a tag rewritten by an intermediary matches, and other versions do not', () => {
  for (const header of ['"v1"', 'W/"v1"', '"v1-gzip"', 'W/"v1--br"', '"v1;gzip"', '"v9", W/"v1"', ' * '])
    assert.ok(namesTag(header, '"v1"'), header);
  for (const header of ['"v12"', '"v1a"', '"xv1"', 'v1', '', '"v2", W/"v11"', '""'])
    assert.ok(!namesTag(header, '"v1"'), header);
});
