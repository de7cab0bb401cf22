/** Returns the length of a text in code points, as every limit of the format and the contract counts. */
export function countCharacters(text: string): number {
  let count = text.length;
  // Each pair of surrogates is one; a half without its other half counts as one, too.
  for (let i = 0; i < text.length - 1; i++) {
    const isHigh = (text.charCodeAt(i) & 0xfc00) === 0xd800;
    if (isHigh && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}

/**
 * Returns the beginning of a text, at most `max` code points long. A character with its marks, or a sequence
 * that shows as one picture, is never cut apart: it stays whole or goes. Reads no more than it returns.
 */
export function cutText(text: string, max: number): string {
  let end = 0;
  for (let count = 0; end < text.length; count++) {
    if (count === max) return text.slice(0, wholeCharacters(text, end));
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  }
  return text;
}

/** The longest sequence that is looked at as one character, in code units. */
const LONGEST = 64;

function wholeCharacters(text: string, end: number): number {
  const from = Math.max(0, end - LONGEST);
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    text.slice(from, end + LONGEST),
  );
  const { index } = segments.containing(end - from)!;
  // What began before the stretch has no end in sight.
  return from > 0 && index === 0 ? end : from + index;
}
