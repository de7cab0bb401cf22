import type { Locale, Wording } from './author-kind.ts';

/** Joins items into a list: `a`, `a atau b`, `a, b atau c`. */
export function listOf(items: readonly string[], joiner: Wording, locale: Locale): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${joiner[locale]} ${items.at(-1)}`;
}

/** Marks text of the author with `*…*`. */
export function quoted(text: string): string {
  return `*${shortened(text)}*`;
}

/** Returns the text on one line, with at most 60 code points. */
export function shortened(text: string): string {
  const points = [...text.replace(/\s+/g, ' ').trim()];
  return points.length > 60 ? `${points.slice(0, 59).join('')}…` : points.join('');
}

/** Conjunction of alternatives. */
export const or: Wording = { id: 'atau', en: 'or' };
/** Conjunction of conditions that must all hold. */
export const and: Wording = { id: 'dan', en: 'and' };
/** Placeholder for an empty field. */
export const unset: Wording = { id: '(belum diisi)', en: '(not filled in)' };

/** Returns a product term as text that is the same in every language. */
export function productName(name: string): Wording {
  return { id: name, en: name };
}
