import { ignoreAccents } from '../../run/ignore-accents.ts';
import { SearchedText } from '../../run/searched-text.ts';
import { BEGINS, ENDS, wordEdges } from '../../run/word-edges.ts';
import { findsKeyword } from './run.ts';

/** Folded keyword with its match mode. */
export interface FoldedKeyword {
  keyword: string;
  match: string;
  ignoreAccents: boolean;
}

/** Returns whether every text that matches `narrow` also matches `wide`. */
export function covers(wide: FoldedKeyword, narrow: FoldedKeyword): boolean {
  const known = inFormOf(wide, narrow);
  if (!known) return false;
  const { keyword, match } = known;
  // With `equals`, the keyword is the whole text.
  if (match === 'equals') return findsKeyword(wide.match, new SearchedText(keyword), wide.keyword);
  switch (wide.match) {
    case 'contains':
      return keyword.includes(wide.keyword);
    case 'starts-with':
      return match === 'starts-with' && keyword.startsWith(wide.keyword);
    case 'word':
      return withFewestEdges(known).hasWord(wide.keyword);
    default:
      return false;
  }
}

/** Returns whether no text can match both keywords. */
export function excludes(one: FoldedKeyword, other: FoldedKeyword): boolean {
  if (one.match === 'equals') {
    const text = inFormOf(other, one);
    return text !== null && !findsKeyword(other.match, new SearchedText(text.keyword), other.keyword);
  }
  if (other.match === 'equals') return excludes(other, one);
  if (one.match !== 'starts-with' || other.match !== 'starts-with') return false;
  const [mine, theirs] = [inFormOf(other, one), inFormOf(one, other)];
  const start = mine ? [mine, other] : theirs ? [theirs, one] : null;
  return start !== null && !start.some((a, index) => a.keyword.startsWith(start[1 - index]!.keyword));
}

/**
 * Scripts in which letters can combine after a mark between them is removed: Hangul syllables, and vowels of
 * some Indic scripts.
 */
const JOINING = [
  [0x0980, 0x0dff],
  [0x1000, 0x109f],
  [0x1100, 0x11ff],
  [0x1b00, 0x1b7f],
  [0xac00, 0xd7a3],
  [0x11000, 0x11fff],
] as const;

/** Returns whether letters of a text can combine after a mark between them is removed. */
function canJoin(text: string): boolean {
  return [...text].some((letter) => {
    const code = letter.codePointAt(0)!;
    return JOINING.some(([from, to]) => code >= from && code <= to);
  });
}

/**
 * Converts a known keyword to the folding of another keyword. Every text that matches `known` contains the
 * returned keyword in the other folding. Returns null if that cannot be derived, for example after accents
 * were removed.
 */
function inFormOf(other: FoldedKeyword, known: FoldedKeyword): FoldedKeyword | null {
  if (other.ignoreAccents === known.ignoreAccents) return known;
  if (known.ignoreAccents) return null;
  if (known.match !== 'equals' && canJoin(known.keyword)) return null;
  return { ...known, keyword: ignoreAccents(known.keyword), ignoreAccents: true };
}

/** Khmer coeng: a mark. No word begins after it or ends before it. */
const COENG = '\u17d2';

/**
 * Returns the keyword with the fewest possible word edges. A word found in it is a word in every text that
 * matches it.
 */
function withFewestEdges({ keyword, match }: FoldedKeyword): SearchedText {
  const before = match === 'starts-with' ? '' : COENG;
  const text = new SearchedText(before + keyword + COENG);
  const edges = wordEdges(text.text);
  const from = before.length;
  // Words must not extend beyond the keyword.
  if (from > 0) edges[0] = 0;
  edges[from + keyword.length + 1] = 0;
  if (match === 'word') {
    edges[from]! |= BEGINS;
    edges[from + keyword.length]! |= ENDS;
  }
  text.edges = edges;
  return text;
}
