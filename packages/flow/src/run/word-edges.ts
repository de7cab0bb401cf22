import { JOINERS, UNSPACED } from './folding-table.ts';

/** Flag: a word can begin at the position. */
export const BEGINS = 1;
/** Flag: a word can end at the position. */
export const ENDS = 2;

const joiner = new RegExp(`[${JOINERS}]`, 'u');
const unspaced = new RegExp(`[${UNSPACED}]`, 'u');

/** Classes of characters. Values from `MARK` on are part of a word. */
const OTHER = 0;
const MARK = 1;
const SPACED = 2;
const LETTER = 3;

function kindOf(character: string): number {
  if (character < '\x80') return /[a-z0-9]/i.test(character) ? SPACED : OTHER;
  if (/\p{M}/u.test(character)) return MARK;
  if (unspaced.test(character)) return LETTER;
  return /[\p{L}\p{N}]/u.test(character) ? SPACED : OTHER;
}

/**
 * Returns where words of a folded text can begin and end (rule 3): for each position between code units,
 * `BEGINS`, `ENDS`, both or neither. Linear time.
 */
export function wordEdges(text: string): Uint8Array {
  const edges = new Uint8Array(text.length + 1);
  const characters = [...text];
  const kinds = characters.map(kindOf);
  const isWord = (index: number) => (kinds[index] ?? OTHER) >= MARK;
  edges[0] = BEGINS;
  let at = 0;
  // Whether the last letter, including its marks, belongs to a script without spaces.
  let isUnspaced = false;
  for (let index = 0; index < characters.length; index++) {
    const before = characters[index - 1];
    const after = characters[index]!;
    const kind = kinds[index]!;
    if (before !== undefined && kind !== MARK && !joiner.test(before)) {
      if (isUnspaced || kind === LETTER) edges[at] = BEGINS | ENDS;
      else {
        const isInside = before === '_' && isWord(index - 2) && isWord(index);
        if (!isWord(index - 1) && !isInside) edges[at] = BEGINS;
        const goesOn = (after === "'" || (after === '_' && isWord(index - 1))) && isWord(index + 1);
        if (!isWord(index) && !goesOn) edges[at]! |= ENDS;
      }
    }
    if (kind !== MARK) isUnspaced = kind === LETTER;
    at += after.length;
  }
  edges[at]! |= ENDS;
  return edges;
}
