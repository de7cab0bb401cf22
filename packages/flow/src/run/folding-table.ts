/*
 * Tables of `vectors/folding.json` in the form that the engine uses: sets of characters for regular
 * expression classes. `folding-table.test.ts` compares both for every code point. The tables are lists and
 * not Unicode property names, because engines implement different Unicode versions.
 */

export { IGNORABLE, SPACE } from './is-blank.ts';

/**
 * Parts of an emoji that change its appearance: tags and skin tones. Folding removes them. A text of them
 * alone is not blank.
 */
export const EMOJI_PARTS = String.raw`\u{e0001}\u{e0020}-\u{e007f}\u{1f3fb}-\u{1f3ff}`;

/** Characters that are compared as `'`. */
export const APOSTROPHES =
  String.raw`\x60\xb4\u02b9\u02bb\u02bc\u0384\u05f3\u1fbd\u1fbf\u1ffd` + String.raw`\u2018\u2019\u201b\u2032`;

/** Characters that are compared as `"`. */
export const QUOTES = String.raw`\xab\xbb\u05f4\u201c-\u201f\u2033\u301d-\u301f`;

/** Characters that are compared as `-`. */
export const DASHES = String.raw`\u05be\u2010-\u2015\u2043\u2212`;

/** Closing punctuation. Ignored at the end of typed answers and labels. */
export const CLOSING = '!),.:;?]،؛؟۔।॥…、。';

/** Letters of scripts that put no space between words. Marks among them count as marks. */
export const UNSPACED =
  String.raw`\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u1780-\u17d3` +
  String.raw`\u17d7\u17dc\u3005-\u3007\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff` +
  String.raw`\u3400-\u4dbf\u4e00-\u9ffc\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa76\uaa7a-\uaa7f` +
  String.raw`\uf900-\ufad9\u{16fe3}\u{1b000}-\u{1b11e}\u{1b150}-\u{1b152}\u{1b164}-\u{1b167}` +
  String.raw`\u{20000}-\u{2a6dd}\u{2a700}-\u{2ebe0}\u{30000}-\u{3134a}`;

/** Signs that join the following letter to the preceding one: Myanmar virama and Khmer coeng. */
export const JOINERS = String.raw`\u1039\u17d2`;

/**
 * Marks that `ignoreAccents` removes. Marks of Indic scripts, Thai, Khmer, Myanmar and kana are not included.
 */
export const ACCENTS =
  String.raw`\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a` +
  String.raw`\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed` +
  String.raw`\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f`;

/** Further replacements of `ignoreAccents`: a letter, then its replacement. */
export const WITHOUT_ACCENTS = 'ıi ßss øo łl đd ðd þth ħh æae œoe ـ أا إا آا ٱا ىي یي کك ةه';

/** The digit zero of each script; its other digits follow in order. */
export const ZEROS = (
  '30 660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 ' +
  '1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 11066 110f0 11136 111d0 112f0 ' +
  '11450 114d0 11650 116c0 11730 118e0 11950 11c50 11d50 11da0 16a60 16b50 1e140 1e2f0 1e950'
)
  .split(' ')
  .map((zero) => parseInt(zero, 16));
