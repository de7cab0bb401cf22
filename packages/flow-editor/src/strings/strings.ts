import { en, type Strings } from './en.ts';
import { id } from './id.ts';

export type { Strings };

/** Languages of the editor. */
export type EditorLocale = Strings['locale'];

/** Returns the texts for a language tag such as `id-ID`. English for unsupported languages. */
export function stringsFor(locale: string): Strings {
  return /^(id|in|ms)\b/i.test(locale) ? id : en;
}

/**
 * Returns the language of an element: its own `locale`, else the closest `lang` attribute (through shadow
 * roots), else the browser's.
 */
export function resolveLocale(element: Element, locale: string | null | undefined): string {
  if (locale) return locale;
  let node: Element | null = element;
  while (node) {
    const marked: Element | null = node.closest('[lang]');
    if (marked) return marked.getAttribute('lang')!;
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
