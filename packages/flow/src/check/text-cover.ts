import { findsKeyword, hasWord } from '../run/text-test.ts';

/** A normalised keyword and how it is looked for. */
export interface Wanted {
  keyword: string;
  match: string;
}

/** Whether every text in which `narrow` is found is one in which `wide` is found. */
export function covers(wide: Wanted, narrow: Wanted): boolean {
  const { keyword } = narrow;
  // A text that equals the keyword is the keyword.
  if (narrow.match === 'equals') return findsKeyword(wide.match, keyword, wide.keyword);
  switch (wide.match) {
    case 'contains':
      return keyword.includes(wide.keyword);
    case 'starts-with':
      return narrow.match === 'starts-with' && keyword.startsWith(wide.keyword);
    case 'word':
      // A letter that the wide keyword does not have, so that it can only stand in the way.
      return !wide.keyword.includes(LETTER) && hasWord(surroundings(narrow), wide.keyword);
    default:
      return false;
  }
}

/** A letter that hardly any keyword has. */
const LETTER = '\ua015';

/** The keyword as it stands in the least helpful text: where a letter may touch it, one does. */
function surroundings({ keyword, match }: Wanted): string {
  if (match === 'word') return keyword;
  return match === 'starts-with' ? keyword + LETTER : LETTER + keyword + LETTER;
}

/** Whether no text at all can have a keyword of both. */
export function excludes(one: Wanted, other: Wanted): boolean {
  if (one.match === 'equals') return !findsKeyword(other.match, one.keyword, other.keyword);
  if (other.match === 'equals') return excludes(other, one);
  if (one.match !== 'starts-with' || other.match !== 'starts-with') return false;
  return !one.keyword.startsWith(other.keyword) && !other.keyword.startsWith(one.keyword);
}
