/** NUL, and halves of surrogate pairs: PostgreSQL stores neither in `text` nor in `jsonb`. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'g');

/** Returns whether a database can store a text. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Replaces each character that a database cannot store with U+FFFD. */
export function toStorable(text: string): string {
  return text.replace(EVERY_UNSTORABLE, '\u{FFFD}');
}

/**
 * Returns whether a database can store every string and member name in a JSON value. Recursive: limit the
 * value's depth first.
 */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (!value || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isStorableJson);
  return Object.entries(value).every(([name, member]) => isStorable(name) && isStorableJson(member));
}
