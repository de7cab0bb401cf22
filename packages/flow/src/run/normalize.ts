import { APOSTROPHES, DASHES, EMOJI_PARTS, IGNORABLE, QUOTES, SPACE } from './folding-table.ts';

/** How many code points of a text are read, and how many are kept once NFKC has made more of them. */
const READ = 4000;
const KEPT = 8000;

const set = (characters: string, flags = 'gu') => new RegExp(`[${characters}]`, flags);
const removed = set(IGNORABLE + EMOJI_PARTS);
const unified = set(APOSTROPHES + QUOTES + DASHES);
const apostrophe = set(APOSTROPHES, 'u');
const quote = set(QUOTES, 'u');
const spaces = new RegExp(`[${SPACE}]+`, 'gu');
const visible = set(`^${SPACE}${IGNORABLE}`, 'u');

/**
 * The form in which texts, keywords and button labels are compared (rule 3): without invisible characters,
 * with one kind of apostrophe, quote and dash, NFKC, lower-cased without regard to locale, each run of white
 * space one space, none at the ends. Reads at most 4,000 code points of a text and keeps at most 8,000.
 * Folding a text of at most 4,000 code points again changes nothing. The characters are those of
 * `vectors/folding.json`.
 */
export function normalize(text: string): string {
  const read = firstCodePoints(text, READ);
  // Most messages are ASCII, of which only the grave accent and white space other than spaces need more.
  if (!/[^ -_a-~]/.test(read)) return read.toLowerCase().trim().replace(/ {2,}/g, ' ');
  const composed = firstCodePoints(unify(read.replace(removed, '')).normalize('NFKC'), KEPT);
  const lower = composed.toLowerCase().replaceAll('ς', 'σ');
  const folded = unify(lower.normalize('NFKC')).replace(spaces, ' ').trim();
  return firstCodePoints(folded, KEPT).trimEnd();
}

/** Whether a text shows nothing: only white space and invisible characters, or no characters at all. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
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
