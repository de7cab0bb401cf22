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

export const or: Wording = { id: 'atau', en: 'or' };
export const and: Wording = { id: 'dan', en: 'and' };
export const unset: Wording = { id: '(belum diisi)', en: '(not filled in)' };

/** A word of the product itself: the same in every language, so that people, docs and screens call one thing one name. */
export function productName(name: string): Wording {
  return { id: name, en: name };
}
