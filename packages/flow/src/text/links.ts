import { findMail, UNSPACED, WORD } from './mail-address.ts';
import { safeUrl } from './safe-url.ts';

/** Part of a text: plain, or a link. */
export interface TextPart {
  text: string;
  href?: string;
}

const START = /https?:\/\/|www\.|mailto:|tel:|@/giu;
const IN_WORD = new RegExp(`${WORD}$`, 'u');
/**
 * Characters that end an address at any position: white space, quotes, controls (including bidirectional
 * ones), and punctuation beyond ASCII. Dashes, middle dots, the apostrophe and joiners are allowed, because
 * page names contain them.
 */
const STOP = new RegExp(
  '[\\s<>"`\\\\|\\p{Cc}\\p{Cs}]|(?![\u200c\u200d])\\p{Cf}|' +
    '(?![ -~\u00b7\u30fb\u2019])[\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}]',
  'u',
);
/** Characters that belong to the sentence if they are at the end of an address. */
const TRAILING = ".,;:!?'\u2019*~([{\u00b7\u30fb\u200c\u200d";
const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
/** Last label of a host that continues in a script without spaces. No such domain exists. */
const GLUED_HOST = new RegExp(
  `^((?:https?://)?(?:[^/?#]*\\.)?[a-z\\d-]+)[${UNSPACED}][^./?#]*(?:[/?#]|$)`,
  'iu',
);

/**
 * Splits a text into plain parts and safe links: `http:`, `https:`, `mailto:` and `tel:` addresses, `www.…`,
 * and e-mail addresses. The joined parts equal the text. Linear time.
 *
 * An address is linked as a whole or not at all. Punctuation of the surrounding sentence is excluded. A
 * bracket belongs to the address if both halves of the pair are inside. Bidirectional controls end an
 * address.
 */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  /** End of the last link, and of the part that has been read. */
  let linked = 0;
  let read = 0;
  for (const { 0: found, index } of text.matchAll(START)) {
    if (index < read) continue;
    const address = found === '@' ? findMail(text, index, read) : readUrl(text, index, found.toLowerCase());
    if (!address) continue;
    const { start, end, href } = address;
    read = end;
    if (!href) continue;
    if (start > linked) parts.push({ text: text.slice(linked, start) });
    parts.push({ text: text.slice(start, end), href });
    linked = end;
  }
  if (linked < text.length) parts.push({ text: text.slice(linked) });
  return parts;
}

function readUrl(text: string, start: number, prefix: string) {
  const before = text.slice(Math.max(0, start - 2), start);
  if (IN_WORD.test(before) || (prefix === 'www.' && /[@/.:_-]$/.test(before))) return null;
  const rest = text.slice(start);
  const length = addressLength(rest);
  const words = withoutTail(rest.slice(0, length), before.endsWith('_'), prefix);
  const href = hrefOf(words, prefix);
  // An invalid address is skipped as a whole, not linked in part.
  return href ? { start, end: start + words.length, href } : { start, end: start + length };
}

/**
 * Returns how many code units at the start of `rest` belong to the address, including closing punctuation.
 */
function addressLength(rest: string): number {
  const opened: string[] = [];
  let end = 0;
  for (const char of rest) {
    if (STOP.test(char)) break;
    if (char === '(' || char === '[' || char === '{') opened.push(char);
    else if (Object.hasOwn(CLOSING, char) && opened.pop() !== CLOSING[char]) break;
    end += char.length;
  }
  return end;
}

function withoutTail(words: string, isUnderlined: boolean, prefix: string): string {
  const glued = /^(http|www)/.test(prefix) && GLUED_HOST.exec(words);
  let end = (glued ? glued[1]! : words).length;
  const trailing = isUnderlined ? `${TRAILING}_` : TRAILING;
  while (end > 0 && trailing.includes(words[end - 1]!)) end -= 1;
  return words.slice(0, end);
}

function hrefOf(words: string, prefix: string): string | null {
  if (prefix === 'tel:') return /^tel:[+(]*\d[\w().;=+*#-]*$/i.test(words) ? safeUrl(words) : null;
  if (prefix === 'mailto:') {
    const address = words.slice(prefix.length).split('?')[0]!;
    const mail = findMail(address, address.indexOf('@'), 0);
    return mail?.href && mail.end - mail.start === address.length ? safeUrl(words) : null;
  }
  const isShort = prefix === 'www.';
  if (isShort && !/^www\.[^./?#:]+\.[^./?#:]/i.test(words)) return null;
  const href = safeUrl(isShort ? `https://${words}` : words);
  // "https://bank.example@evil.example/" shows one site and leads to another.
  return href && !new URL(href).username ? href : null;
}
