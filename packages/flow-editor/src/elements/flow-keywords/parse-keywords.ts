import { normalize } from '@alur/flow';

/** Separators of keywords: commas and semicolons of several scripts, line ends and tabs (DESIGN 3.4). */
const SEPARATORS = ',;，、；،؛\\n\\r\\t\\u2028\\u2029';
const QUOTES = '"“”';
const KEYWORD = new RegExp(`\\s*[${QUOTES}]([^${QUOTES}]*)[${QUOTES}]\\s*|([^${SEPARATORS}]+)`, 'g');
const SEPARATOR = new RegExp(`[${SEPARATORS}]`);
const SEPARATOR_AT_END = new RegExp(`[${SEPARATORS}]$`);
/** List marker at the start of a copied line. A hyphen counts only if a space follows. */
const BULLET = /^\s*(?:[•‣▪◦●○·*]|[-–—](?=\s))\s*/;

/**
 * Splits typed or pasted text into keywords. Double quotes, straight or curly, keep a separator inside a
 * keyword. Drops blank keywords, and keywords that match the same texts as an earlier one or one of
 * `already`.
 */
export function parseKeywords(text: string, already: readonly string[] = []): string[] {
  const known = new Set(already.map(normalize));
  const found: string[] = [];
  for (const [, quoted, bare] of text.matchAll(KEYWORD)) {
    const keyword = (quoted ?? bare!.replace(BULLET, '')).trim().replace(/\s+/g, ' ');
    const folded = normalize(keyword);
    if (folded === '' || known.has(folded)) continue;
    known.add(folded);
    found.push(keyword);
  }
  return found;
}

/** Returns whether a text contains more than one keyword, or the end of one. */
export function hasSeparator(text: string): boolean {
  return SEPARATOR.test(text);
}

/** Returns whether a text ends with a separator outside quotes, so that the keyword before it is complete. */
export function endsKeyword(text: string): boolean {
  return SEPARATOR_AT_END.test(text) && !isQuoteOpen(text);
}

/** Returns whether a text ends inside quotes, so that a separator belongs to the keyword. */
export function isQuoteOpen(text: string): boolean {
  return (text.match(new RegExp(`[${QUOTES}]`, 'g')) ?? []).length % 2 === 1;
}
