import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SCRIPTS } from '../testing/scripts.ts';
import { displayName, initials } from './names.ts';

for (const { script, name, initials: expected } of SCRIPTS)
  test(`initials are whole characters: ${script}`, () => assert.equal(initials(name), expected));

test('initials come from the first and the last word with a letter', () => {
  assert.equal(initials('  ana maria  putri '), 'AP');
  assert.equal(initials('(Budi) "Santoso"'), 'BS');
  assert.equal(initials('Toko 24 –'), 'T2');
  assert.equal(initials('ßeta'), 'ß');
  assert.equal(initials('—'), '');
  assert.equal(initials(''), '');
});

test('a name does not reorder the text around it', () => {
  assert.equal(displayName('\u202eidub\u202c\u2066 x\u2069\u200e'), 'idub x');
  assert.equal(displayName(' Ani\t\n Putri\u0000 '), 'Ani Putri');
  assert.equal(displayName('می\u200cخواهم'), 'می\u200cخواهم');
  for (const nothing of ['', ' ', '\u202e', '\u200b', '\u3164', '\u0301', '\u200d'])
    assert.equal(displayName(nothing), '');
});

test('any name gives at most two characters, and displaying it twice changes nothing', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, (name) => {
      const shown = displayName(name);
      assert.equal(displayName(shown), shown);
      assert.ok([...segmenter.segment(initials(name))].length <= 2);
    }),
  );
});
