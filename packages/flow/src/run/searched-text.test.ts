import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { SearchedText } from './searched-text.ts';
import { BEGINS, ENDS, wordEdges } from './word-edges.ts';

describe('a text that is searched', () => {
  const wanted = '?'.repeat(8_000_000);
  /** Returns a text with enough previous searches to use its index. */
  const indexed = (text: string) => {
    const searched = new SearchedText(text);
    searched.contains(wanted);
    return searched;
  };

  it('gives the same result with and without its index, for keywords with repetitions', () => {
    const letters = fc.constantFrom('a', 'a', 'b', ' ', '😀', '退', '\u0301');
    const text = fc.string({ unit: letters, maxLength: 60, size: 'max' });
    const keyword = fc.string({ unit: letters, minLength: 1, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(text, keyword, fc.nat({ max: 40 }), fc.nat({ max: 30 }), (all, other, from, length) => {
        const [plain, index] = [new SearchedText(all), indexed(all)];
        const part = all.slice(from, from + 1 + length);
        for (const keyword of [other, part || 'a', `${part}b`]) {
          assert.equal(index.contains(keyword), all.includes(keyword), keyword);
          assert.equal(index.hasWord(keyword), plain.hasWord(keyword), keyword);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing in an empty text', () => {
    assert.equal(indexed('').contains('a'), false);
    assert.equal(indexed('').hasWord('a'), false);
  });
});

describe('word boundaries', () => {
  /** Returns the text with `[` at possible word starts and `]` at possible word ends. */
  const marked = (text: string) => {
    const edges = wordEdges(text);
    let shown = '';
    for (let at = 0; at <= text.length; at++)
      shown += (edges[at]! & ENDS ? ']' : '') + (edges[at]! & BEGINS ? '[' : '') + (text[at] ?? '');
    return shown;
  };

  it('depends on the character on the other side', () => {
    assert.equal(marked('hi you'), '[hi] [you]');
    assert.equal(marked('a-b'), '[a]-[b]');
    assert.equal(marked("can't"), "[can'[t]");
    assert.equal(marked('vip_1'), '[vip_1]');
    assert.equal(marked('退款'), '[退][款]');
    assert.equal(marked('กิน'), '[กิ][น]');
  });

  it('is never inside a character', () => {
    assert.equal(marked('😀a'), '[😀[a]');
  });
});
