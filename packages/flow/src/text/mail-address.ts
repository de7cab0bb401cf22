import { safeUrl } from './safe-url.ts';

/** Letters of scripts that are written without spaces. An address may be directly between them. */
export const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}' +
  '\\p{Script=Myanmar}\u30fc\u3005';
/** Letter, digit or mark of a script that separates words by spaces. Source for a `u` expression. */
export const WORD = `(?![${UNSPACED}\ufe00-\ufe0f])[\\p{L}\\p{Mn}\\p{Mc}\\p{N}]`;

/** Part of a text that looks like an address. Without `href` it must not be linked, not even in part. */
export interface FoundAddress {
  start: number;
  end: number;
  href?: string;
}

/** Longest local part, in code units (RFC 5321, section 4.5.3.1.1). */
const LOCAL_MAX = 64;
const ATOM = `(?:(?!\\p{M})${WORD}(?:(?=\\p{M})${WORD})*|[+_'-])+`;
const LOCAL = new RegExp(`(?:${ATOM}\\.)*${ATOM}$`, 'u');
const LABEL = `(?:${WORD}|-){1,63}`;
const DOMAIN = new RegExp(`${LABEL}(?:\\.${LABEL}){0,8}\\.(?:(?!\\p{N})${WORD}){2,63}`, 'uy');
/** Allowed before an address: nothing, white space, opening or separating punctuation, a pictograph. */
const BEFORE = new RegExp(
  `^$|[\\s"<>(,;:\\p{Ps}\\p{Pi}\\p{Me}\ufe0f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$|` +
    `(?![ -~\u00b7\u30fb\u2019])[\\p{Po}\\p{Pf}\\p{Pe}\\p{S}]$|[${UNSPACED}]$`,
  'u',
);
/** Not allowed after an address: more of a word, and a path or port as in `git@host.example:repository`. */
const AFTER = new RegExp(`^(?:${WORD}|[_@\u00ad\u200b-\u200d\u2060\ufeff-]|[:/]\\S)`, 'u');
/** Markup and quotation marks that surround an address. */
const MARKS = /[*'_~]*$/;

/**
 * Finds the e-mail address around the `@` at `at`, ignoring text before `from`. Returns null if the text does
 * not look like an address. An address that begins or ends within a longer word has no `href`, because it
 * would be the address of another person.
 */
export function findMail(text: string, at: number, from: number): FoundAddress | null {
  if (at < 0) return null;
  const local = LOCAL.exec(text.slice(Math.max(from, at - LOCAL_MAX - 1), at))?.[0] ?? '';
  DOMAIN.lastIndex = at + 1;
  const domain = DOMAIN.exec(text)?.[0] ?? '';
  if (!local || !domain || local.length > LOCAL_MAX) return null;
  const end = at + 1 + domain.length;
  const start = at - local.length;
  const rest = text.slice(end, end + 8);
  const first = start + surroundingMarks(local, rest);
  const before = text.slice(Math.max(0, first - 8), first);
  const marks = MARKS.exec(before)![0];
  const isSurrounded = marks !== '' && rest.startsWith([...marks].reverse().join(''));
  const isWhole = isSurrounded
    ? !AFTER.test(rest.slice(marks.length))
    : first === start && BEFORE.test(before) && !AFTER.test(rest);
  const href = isWhole ? safeUrl(`mailto:${text.slice(first, end)}`) : null;
  return href ? { start: first, end, href } : { start, end };
}

/** Returns the number of leading marks of a local part whose mirrored marks are in `rest`. */
function surroundingMarks(local: string, rest: string): number {
  const marks = /^['_]*/.exec(local)![0];
  return rest.startsWith([...marks].reverse().join('')) ? marks.length : 0;
}
