/*
 * Separate from the other tables: a composer needs this function before it needs the engine.
 */

/** Invisible characters: soft hyphen, zero-width characters, bidi controls, variation selectors, fillers. */
export const IGNORABLE =
  String.raw`\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064` +
  String.raw`\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}` +
  String.raw`\u{e0100}-\u{e01ef}`;

/** White space: JavaScript's `\s` with U+2800 and without U+FEFF, which is ignorable. */
export const SPACE = String.raw`\s\u2800`;

const visible = new RegExp(`[^${SPACE}${IGNORABLE}]`, 'u');

/** Returns whether a text is blank: only white space and invisible characters, or empty. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}
