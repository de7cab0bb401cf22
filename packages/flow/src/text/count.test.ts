import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SCRIPTS } from '../testing/scripts.ts';
import { countCharacters, cutText } from './count.ts';

for (const { script, name, length } of SCRIPTS)
  test(`characters are code points, and cutting keeps them whole: ${script}`, () => {
    assert.equal(countCharacters(name), length);
    const whole = [...new Intl.Segmenter().segment(name)].map(({ index }) => index);
    for (let max = 0; max <= length; max++) {
      const cut = cutText(name, max);
      assert.ok(countCharacters(cut) <= max);
      assert.ok(cut === name || whole.includes(cut.length), JSON.stringify(cut));
    }
  });

test('counting agrees with the string iterator on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, max) => {
      assert.equal(countCharacters(text), [...text].length);
      const cut = cutText(text, max);
      assert.ok(text.startsWith(cut));
      assert.ok(countCharacters(cut) <= max);
    }),
  );
});

test('a character longer than any real one is cut', () => {
  const marks = `a${'\u0301'.repeat(1_000)}`;
  assert.equal(cutText(marks, 500), marks.slice(0, 500));
});

test('cutting reads only the text that it returns', () => {
  const text = '💬'.repeat(500_000);
  const start = performance.now();
  for (let i = 0; i < 100; i++) cutText(text, 4_000);
  assert.ok(performance.now() - start < 2_000);
  assert.equal(cutText(text, 4_000), text.slice(0, 8_000));
});
