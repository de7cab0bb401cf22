/** Returns the length of a text in code points, the unit of all limits of the format and the contract. */
export function countCharacters(text: string): number {
  let count = text.length;
  // A surrogate pair counts as one, a lone surrogate too.
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
 * Returns the beginning of a text, at most `max` code points long. A grapheme cluster, such as a character
 * with its marks or an emoji sequence, is kept whole or omitted. Reads no more than it returns.
 */
export function cutText(text: string, max: number): string {
  let end = 0;
  for (let count = 0; end < text.length; count++) {
    if (count === max) return text.slice(0, wholeCharacters(text, end));
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  }
  return text;
}

/** Maximum length of a grapheme cluster, in code units. */
const LONGEST = 64;

function wholeCharacters(text: string, end: number): number {
  const from = Math.max(0, end - LONGEST);
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    text.slice(from, end + LONGEST),
  );
  const { index } = segments.containing(end - from)!;
  // The start of the cluster is unknown, because it is before the window.
  return from > 0 && index === 0 ? end : from + index;
}
