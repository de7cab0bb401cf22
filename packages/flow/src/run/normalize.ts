/**
 * The form in which texts, keywords and button labels are compared (rule 3): NFKC, lower-cased without regard
 * to locale, each run of white space one space, none at the ends. White space is what `\s` means in JavaScript.
 */
export function normalize(text: string): string {
  // Most messages are ASCII, which NFKC leaves alone; and most white space is one space already.
  const composed = /[^ -~]/.test(text) ? text.normalize('NFKC') : text;
  return composed
    .toLowerCase()
    .trim()
    .replace(/\s\s+|[^\S ]/g, ' ');
}
