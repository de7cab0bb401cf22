import type { Locale, Wording } from './author-kind.ts';

/** `a`, `a atau b`, `a, b atau c`. */
export function listOf(items: readonly string[], joiner: Wording, locale: Locale): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${joiner[locale]} ${items.at(-1)}`;
}

/** Marks what the author wrote. */
export function quoted(text: string): string {
  return `*${shortened(text)}*`;
}

/** At most 60 code points on one line. */
export function shortened(text: string): string {
  const points = [...text.replace(/\s+/g, ' ').trim()];
  return points.length > 60 ? `${points.slice(0, 59).join('')}…` : points.join('');
}

/** Before the last of several choices. */
export const or: Wording = { id: 'atau', en: 'or' };
/** Before the last of several that all hold. */
export const and: Wording = { id: 'dan', en: 'and' };
/** Stands where the author has not filled anything in. */
export const unset: Wording = { id: '(belum diisi)', en: '(not filled in)' };

/**
 * A word of the product itself: the same in every language, so that people, docs and screens call one thing
 * one name.
 */
export function productName(name: string): Wording {
  return { id: name, en: name };
}
