/** The languages the widget speaks. */
export type Language = 'en' | 'id';

/** The language for a page: Indonesian for `id` (and its old code `in`), English for anything else. */
export function languageOf(tag: string | null | undefined): Language {
  return /^i[dn]\b/i.test(tag ?? '') ? 'id' : 'en';
}

/**
 * The language of an element: the one that was chosen in it, else its own, else its page's, else the
 * browser's.
 */
export function pageLanguage(element: HTMLElement, { language }: { language?: Language }): Language {
  return language ?? languageOf(element.lang || document.documentElement.lang || navigator.language);
}

/**
 * The language tag that a flow should speak: the one that was chosen in the element, else its own, else its
 * page's, else the browser's. Unlike the widget's own words, a flow may know languages beside `en` and `id`.
 */
export function pageLanguageTag(element: HTMLElement, { languageTag }: { languageTag?: string }): string {
  return languageTag ?? (element.lang || document.documentElement.lang || navigator.language);
}

/** What the launcher says; it has to stand before anything is loaded. */
export const LAUNCHER_STRINGS = {
  en: {
    open: 'Open chat',
    failed: 'The chat could not be loaded.',
    form: 'Contact form',
    retry: 'Try again',
  },
  id: {
    open: 'Buka obrolan',
    failed: 'Obrolan tidak dapat dimuat.',
    form: 'Formulir kontak',
    retry: 'Coba lagi',
  },
} satisfies Record<Language, object>;
