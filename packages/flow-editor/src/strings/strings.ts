import { en } from './en.ts';
import { id } from './id.ts';

/** Every word of the editor in one language. */
export type Strings = typeof en;

/** The languages the editor speaks. */
export type EditorLocale = Strings['locale'];

/** The words for a language tag such as `id-ID`; English for languages the editor does not speak. */
export function stringsFor(locale: string): Strings {
  return /^(id|in|ms)\b/i.test(locale) ? id : en;
}

/**
 * The language of an element: its own `locale`, else the closest `lang` attribute (through shadow roots),
 * else the browser's.
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
