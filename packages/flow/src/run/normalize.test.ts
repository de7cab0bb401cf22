import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { SCRIPTS } from '../testing/scripts.ts';
import { ignoreAccents } from './ignore-accents.ts';
import { isBlank } from './is-blank.ts';
import { normalize } from './normalize.ts';

const INVISIBLE = ['\u200b', '\u200d', '\u2060', '\u00ad', '\u200e', '\ufeff', '\u202e', '\ufe0f', '\u034f'];
const unit = fc.oneof(
  fc.constantFrom(...'aBcÉİıßςΣﬁ１²①ª ´¨`’“—가각각がガのไกำক্োйёЁ', ...INVISIBLE),
  fc.constantFrom('\u0300', '\u0301', '\u0306', '\u0307', '\u0323', '\u0338', '\u3099', '\u093c', '\u0e38'),
  fc.constantFrom('\t', '\u00a0', '\u2800', '\u3000', '\u0085', '\u1fbd', '\u1fef', '\u0384', '\ufdfa', '👍🏽'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

describe('normalize', () => {
  it('is idempotent for every code point', () => {
    const check = (text: string) => {
      const once = normalize(text);
      if (normalize(once) !== once) assert.fail(JSON.stringify([...text].map((one) => one.codePointAt(0))));
    };
    const letters = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
    // Test special letters alone, and all letters between others.
    for (const letter of letters) {
      if (/[\p{Lo}\p{Cn}\p{Co}\p{Cs}]/u.test(letter) && letter.normalize('NFKD') === letter) continue;
      check(letter);
      check(`a${letter}\u0301 b`);
    }
    for (let code = 0; code < letters.length; code += 256) {
      check(letters.slice(code, code + 256).join('.'));
      check(letters.slice(code, code + 256).join('\u0301 '));
    }
  });

  it('is idempotent for letters, marks and invisible characters in any order', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        assert.equal(normalize(normalize(text)), normalize(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('removes invisible characters at any place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...'aé ’👍退กа'), fc.constantFrom('', ...INVISIBLE))),
        (pairs) => {
          const text = pairs.map(([letter]) => letter).join('');
          assert.equal(normalize(pairs.flat().join('')), normalize(text));
        },
      ),
    );
  });

  it('reads 4,000 code points of a text', () => {
    assert.equal(normalize(`${'a'.repeat(3999)}bc`), `${'a'.repeat(3999)}b`);
    assert.equal(normalize(`${'😀'.repeat(3999)}bc`), `${'😀'.repeat(3999)}b`);
    assert.equal(normalize(`${'\u200b'.repeat(4000)}a`), '');
  });

  it('keeps 8,000 code points without a space at the end', () => {
    // U+FDFA becomes 18 characters, of which the 9th, the 13th and the 15th are spaces.
    assert.equal(normalize('\ufdfa'.repeat(4000)).length, 8000);
    assert.equal(normalize(`${'\ufdfa'.repeat(444)}1234567 9`).length, 7999);
  });
});

describe('isBlank', () => {
  it('is true for invisible text', () => {
    for (const text of [
      '',
      ' ',
      '\n\t',
      ...INVISIBLE,
      '\u3164',
      '\u2800',
      ' \u200b\u3000\u2060 ',
      '\u{e0100}',
    ])
      assert.ok(isBlank(text), JSON.stringify(text));
  });

  it('is false for visible text, marks, skin tones and tags', () => {
    for (const text of ['a', '.', '\u0301', '🏽', '\u{e0067}', '\u200b1\u200b', '\u0085', '\ud800'])
      assert.ok(!isBlank(text), JSON.stringify(text));
  });

  it('is false for every text that folding does not empty', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = String.fromCodePoint(code);
      if (isBlank(text)) assert.equal(normalize(text), '', `U+${code.toString(16)}`);
    }
  });
});

describe('in every script', () => {
  for (const { script, name, sentence } of SCRIPTS) {
    it(`${script}: a text is found however it is composed, spaced and marked with invisible characters`, () => {
      const text = sentence.replace('{}', ` ${name} `);
      assert.ok(!isBlank(name));
      assert.equal(normalize(normalize(text)), normalize(text));
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
        assert.equal(normalize(text.normalize(form)), normalize(text), form);
        assert.ok(normalize(text).includes(normalize(name.normalize(form))), form);
      }
      const marked = [...text].join('\u200b');
      assert.equal(normalize(`\u2067${marked}\u2069`), normalize(text));
      assert.equal(normalize(text.replaceAll(' ', '\u00a0\u3000')), normalize(text));
      // Removing accents loses no letters and is idempotent.
      const bare = ignoreAccents(normalize(name));
      assert.notEqual(bare, '');
      assert.equal(ignoreAccents(normalize(bare)), bare);
    });
  }
});

describe('ignoreAccents', () => {
  const bare = (text: string) => ignoreAccents(normalize(text));

  it('removes accents of Latin, Greek, Cyrillic, Hebrew and Arabic', () => {
    for (const [text, expected] of [
      ['Café São Đorđe Łódź', 'cafe sao dorde lodz'],
      ['Straße Þór Ísð Ħal æøœ ı', 'strasse thor isd hal aeooe i'],
      ['Άννα ΐ', 'αννα ι'],
      ['Ёлкина їжак ў', 'елкина іжак у'],
      ['שָׁלוֹם', 'שלום'],
      ['مُحَمَّد', 'محمد'],
      ['أإآٱ ىی ک ة ـ', 'اااا يي ك ه '],
      ['İstanbul', 'istanbul'],
      ['q\u0303', 'q'],
    ] as const)
      assert.equal(bare(text), expected, text);
  });

  it('keeps й, and the marks of other scripts', () => {
    for (const text of ['йод', 'गुरु नहीं', 'กิน น้ำ', 'ខ្មែរ', 'ဗုဒ္ဓ', 'がギパ', 'কো', '각'])
      assert.equal(bare(text), normalize(text), text);
    assert.equal(bare('й\u0301'), 'й');
    assert.equal(bare('и\u0306'), 'й');
  });

  it('reads digits of any script', () => {
    assert.equal(bare('٣۴५৬๗ ０１'), '34567 01');
  });
});
