import { CLOSING } from './folding-table.ts';
import { digitOf } from './ignore-accents.ts';
import { normalize } from './normalize.ts';

/**
 * Finds the button that a typed message selects (rule 6). Compares exact labels first, then labels without
 * closing punctuation, then the number of the button. Each pass goes from left to right. `labels` are in the
 * visitor's language. `translations` hold the labels of each button in all languages and are compared before
 * the number. Returns the button's index, or -1.
 */
export function findAnswer(
  labels: readonly string[],
  text: string,
  translations: readonly (readonly string[])[] = [],
): number {
  const typed = normalize(text);
  if (!typed) return -1;
  for (const buttons of [labels.map((label) => [label]), translations]) {
    const folded = buttons.map((texts) => texts.map(normalize));
    const same = folded.findIndex((texts) => texts.includes(typed));
    if (same >= 0) return same;
    const similar = folded.findIndex((texts) => texts.some((label) => isSameAnswer(label, typed)));
    if (similar >= 0) return similar;
  }
  const number = buttonNumber(withoutClosing(typed));
  return number <= labels.length ? number - 1 : -1;
}

/** Returns whether a folded label and a folded text are equal except for closing punctuation. */
export function isSameAnswer(label: string, typed: string): boolean {
  return withoutClosing(label) === withoutClosing(typed);
}

/**
 * Returns the number from 1 to 10 that a folded text represents, in the digits of one script or as a keycap;
 * otherwise 0.
 */
export function buttonNumber(folded: string): number {
  const text = folded.replaceAll('\u20e3', '');
  if (text === '\u{1f51f}') return 10;
  if (text.length > 4) return 0;
  const digits = [...text].map(digitOf);
  const isOneScript = digits.every((digit) => digit && digit[0] === digits[0]![0]);
  const number = digits.map((digit) => digit?.[1]).join('');
  return isOneScript && /^([1-9]|10)$/.test(number) ? Number(number) : 0;
}

/**
 * Returns the text without trailing closing punctuation and the spaces before it. A text of only these stays
 * unchanged.
 */
function withoutClosing(folded: string): string {
  let end = folded.length;
  while (end > 0 && `${CLOSING} `.includes(folded[end - 1]!)) end--;
  return folded.slice(0, end || undefined);
}
