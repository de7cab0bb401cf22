import { APOSTROPHES, DASHES, EMOJI_PARTS, IGNORABLE, QUOTES, SPACE } from './folding-table.ts';

/** Maximum number of code points that are read, and that are kept after NFKC expands them. */
const READ = 4000;
const KEPT = 8000;

const set = (characters: string, flags = 'gu') => new RegExp(`[${characters}]`, flags);
const removed = set(IGNORABLE + EMOJI_PARTS);
const unified = set(APOSTROPHES + QUOTES + DASHES);
const apostrophe = set(APOSTROPHES, 'u');
const quote = set(QUOTES, 'u');
const spaces = new RegExp(`[${SPACE}]+`, 'gu');

/**
 * Folds a text, keyword or button label for comparison (rule 3): removes invisible characters, unifies
 * apostrophes, quotes and dashes, applies NFKC and locale-independent lower case, collapses white space and
 * trims. Reads at most 4,000 code points and keeps at most 8,000. Idempotent for texts of at most 4,000 code
 * points. `vectors/folding.json` defines the characters.
 */
export function normalize(text: string): string {
  const read = firstCodePoints(text, READ);
  // Most messages are ASCII. In ASCII only the grave accent and white space other than spaces need more work.
  if (!/[^ -_a-~]/.test(read)) return read.toLowerCase().trim().replace(/ {2,}/g, ' ');
  const composed = firstCodePoints(unify(read.replace(removed, '')).normalize('NFKC'), KEPT);
  const lower = composed.toLowerCase().replaceAll('ς', 'σ');
  const folded = unify(lower.normalize('NFKC')).replace(spaces, ' ').trim();
  return firstCodePoints(folded, KEPT).trimEnd();
}

function unify(text: string): string {
  return text.replace(unified, (one) => (apostrophe.test(one) ? "'" : quote.test(one) ? '"' : '-'));
}

function firstCodePoints(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (let count = 0; count < max && end < text.length; count++)
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
