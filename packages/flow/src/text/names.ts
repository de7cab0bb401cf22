/**
 * Characters that are invisible in a name: controls, bidirectional controls, format characters (joiners are
 * kept).
 */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Returns a name for display: without bidirectional controls, which reorder the surrounding text, without
 * other invisible characters, and with single spaces. Empty if no visible character remains.
 */
export function displayName(name: string): string {
  const clean = name.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
  return /[^\s\p{M}\p{Cf}\u115f\u1160\u3164\uffa0\u2800]/u.test(clean) ? clean : '';
}

/**
 * Returns the first letters of a name's first and last word, in upper case. Letters are grapheme clusters,
 * with their marks. Empty if the name has no letter, digit or pictograph.
 */
export function initials(name: string): string {
  const words = displayName(name)
    .split(' ')
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{So}]+/u, ''))
    .filter(Boolean);
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const letters = ends.map((word) => upperCase(firstCharacter(word)));
  // Adjacent Arabic letters would join. The zero-width non-joiner separates them.
  return letters.join(letters.every((letter) => /\p{Script=Arabic}/u.test(letter)) ? '\u200c' : '');
}

let segmenter: Intl.Segmenter | undefined;

function firstCharacter(word: string): string {
  // Most names begin with ASCII, and creating a segmenter is slow.
  if (/^[ -~]([ -~]|$)/.test(word)) return word[0]!;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(word).containing(0)!.segment;
}

/** Returns the letter in upper case, or unchanged if that is longer, like `ß`. */
function upperCase(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}
