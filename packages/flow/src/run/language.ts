import type { Translations } from '../document/flow.ts';

/** Language codes that ISO 639 has renamed. */
const RENAMED: Readonly<Record<string, string>> = { in: 'id', iw: 'he', ji: 'yi' };

/**
 * Returns a function that selects a text by language (BCP 47 tag). It uses the lookup of RFC 4647, section
 * 3.4, case-insensitive. Fallbacks are the first key in ASCII order with the same primary subtag, then
 * `plain`. Empty entries do not count.
 */
export function translator<Plain>(
  plain: Plain,
  translations: Translations | undefined,
): (language: string | undefined) => Plain | string {
  const entries = Object.entries(translations ?? {})
    .filter(([, text]) => text)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return () => plain;
  const tags = entries.map(([tag]) => foldTag(tag));
  return (language) => (language ? (entries[findTag(tags, language)]?.[1] ?? plain) : plain);
}

/** Selects a text by language; see `translator`. */
export function translate<Plain>(
  plain: Plain,
  translations: Translations | undefined,
  language: string | undefined,
): Plain | string {
  return translator(plain, translations)(language);
}

/** Returns the index of the folded tag for a language, or -1. */
function findTag(tags: readonly string[], language: string): number {
  const wanted = foldTag(language);
  for (let range = wanted; range; range = shortened(range)) {
    const index = tags.indexOf(range);
    if (index >= 0) return index;
  }
  return tags.findIndex((tag) => primaryOf(tag) === primaryOf(wanted));
}

/**
 * Returns a tag in the form used for comparison.
 * @internal
 */
export function foldTag(tag: string): string {
  const folded = tag.toLowerCase();
  const primary = primaryOf(folded);
  return (RENAMED[primary] ?? primary) + folded.slice(primary.length);
}

function primaryOf(tag: string): string {
  return tag.split('-', 1)[0]!;
}

/** Returns the range without its last subtag, and without a single letter or digit before it. */
function shortened(range: string): string {
  return range.replace(/(-[^-])?-?[^-]*$/, '');
}
