import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComposing } from './is-composing.ts';

test('a key belongs to the input method during composition and with key code 229', () => {
  assert.equal(isComposing({ isComposing: true, keyCode: 13 }), true);
  assert.equal(isComposing({ isComposing: false, keyCode: 229 }), true);
  assert.equal(isComposing({ isComposing: false, keyCode: 13 }), false);
  assert.equal(isComposing({}), false);
});
