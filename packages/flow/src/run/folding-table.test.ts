import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import * as table from './folding-table.ts';

type Lists = Record<string, string[]> & { withoutAccents: Record<string, string> };

const published = JSON.parse(
  readFileSync(new URL('../../vectors/folding.json', import.meta.url), 'utf8'),
) as Lists;

/** Returns the code points of published lists. */
function listed(...names: string[]): Set<number> {
  const all = new Set<number>();
  for (const range of names.flatMap((name) => published[name]!)) {
    const [first = NaN, last = first] = range.split('-').map((code) => parseInt(code, 16));
    for (let code = first; code <= last; code++) all.add(code);
  }
  return all;
}

for (const [name, characters, ...lists] of [
  ['IGNORABLE', table.IGNORABLE, 'ignorable'],
  ['EMOJI_PARTS', table.EMOJI_PARTS, 'tags', 'skinTones'],
  ['APOSTROPHES', table.APOSTROPHES, 'apostrophes'],
  ['QUOTES', table.QUOTES, 'doubleQuotes'],
  ['DASHES', table.DASHES, 'dashes'],
  ['UNSPACED', table.UNSPACED, 'unspacedLetters'],
  ['JOINERS', table.JOINERS, 'joinsNextLetter'],
  ['ACCENTS', table.ACCENTS, 'accents'],
] as const) {
  it(`${name} is what is published, for every code point`, () => {
    const [inEngine, inTable] = [new RegExp(`[${characters}]`, 'u'), listed(...lists)];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (inEngine.test(String.fromCodePoint(code)) !== inTable.has(code))
        assert.fail(`U+${code.toString(16)} is ${inTable.has(code) ? '' : 'not '}published`);
    }
  });
}

it('white space equals the published list, except for U+FEFF, which is removed before', () => {
  const [inEngine, inTable] = [new RegExp(`[${table.SPACE}]`, 'u'), listed('whiteSpace')];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code !== 0xfeff)
      assert.equal(inEngine.test(String.fromCodePoint(code)), inTable.has(code), `${code}`);
  }
  assert.ok(listed('ignorable').has(0xfeff));
});

it('closing characters, digits and letters without accents equal the published lists', () => {
  assert.deepEqual(new Set([...table.CLOSING].map((one) => one.codePointAt(0))), listed('closing'));
  assert.deepEqual(new Set(table.ZEROS), listed('digitZeros'));
  const letters = table.WITHOUT_ACCENTS.split(' ').map(([letter = '', ...rest]) => [letter, rest.join('')]);
  assert.deepEqual(Object.fromEntries(letters), published.withoutAccents);
  // The engine splits texts at this letter.
  assert.deepEqual(published['accentedLetterKept'], ['й'.codePointAt(0)!.toString(16).padStart(4, '0')]);
});
