/**
 * Characters that a name cannot show: controls, bidirectional controls, invisible ones (joiners are kept).
 */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Returns a person's name for display: without bidirectional controls, which reorder the text around it,
 * without other invisible characters and with single spaces. Empty if nothing is left to see.
 */
export function displayName(name: string): string {
  const clean = name.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
  return /[^\s\p{M}\p{Cf}\u115f\u1160\u3164\uffa0\u2800]/u.test(clean) ? clean : '';
}

/**
 * Returns the first letters of a name's first and last word, in upper case: whole characters as a reader sees
 * them, with their marks. Empty if the name has no letter, digit or picture character.
 */
export function initials(name: string): string {
  const words = displayName(name)
    .split(' ')
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{So}]+/u, ''))
    .filter(Boolean);
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const letters = ends.map((word) => upperCase(firstCharacter(word)));
  // Arabic letters that touch would join into a word of their own.
  return letters.join(letters.every((letter) => /\p{Script=Arabic}/u.test(letter)) ? '\u200c' : '');
}

let segmenter: Intl.Segmenter | undefined;

function firstCharacter(word: string): string {
  // Most names begin with ASCII, and the segmenter is slow to make.
  if (/^[ -~]([ -~]|$)/.test(word)) return word[0]!;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(word).containing(0)!.segment;
}

/** `ß` would become two letters: what grows stays as it is. */
function upperCase(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}
