/**
 * Splits what was typed or pasted into keywords: at commas, semicolons and line ends. Straight or curly double quotes keep
 * a comma inside a keyword. Blank ones and repetitions (ignoring case) are dropped.
 */
export function parseKeywords(text: string, already: readonly string[] = []): string[] {
  const known = new Set(already.map(fold));
  const found: string[] = [];
  for (const [, quoted, bare] of text.matchAll(/\s*["“”]([^"“”]*)["“”]\s*|([^,;\n\r]+)/g)) {
    const keyword = (quoted ?? bare ?? '').trim().replace(/\s+/g, ' ');
    if (keyword === '' || known.has(fold(keyword))) continue;
    known.add(fold(keyword));
    found.push(keyword);
  }
  return found;
}

/** Whether a text ends inside quotes, so that a comma belongs to the keyword. */
export function isQuoteOpen(text: string): boolean {
  return (text.match(/["“”]/g) ?? []).length % 2 === 1;
}

function fold(keyword: string): string {
  return keyword.normalize('NFKC').toLowerCase();
}
