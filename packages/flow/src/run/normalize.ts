/**
 * The form in which texts, keywords and button labels are compared (rule 3): NFKC, lower-cased without regard
 * to locale, each run of white space one space, none at the ends. White space is what `\s` means in JavaScript.
 */
export function normalize(text: string): string {
  // Most messages are printable ASCII: then NFKC changes nothing, and a space is the only white space.
  if (/^[ -~]*$/.test(text)) {
    const lower = text.toLowerCase().trim();
    return lower.includes('  ') ? lower.replace(/ +/g, ' ') : lower;
  }
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
