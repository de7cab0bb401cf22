/** Languages of the user interface. */
export type Language = 'en' | 'id';

/** Returns the language for a tag: Indonesian for `id` (and its old code `in`), English for anything else. */
export function languageOf(tag: string | null | undefined): Language {
  return /^i[dn]\b/i.test(tag ?? '') ? 'id' : 'en';
}

/** Returns the language of an element: the chosen one, else the element's, the page's or the browser's. */
export function pageLanguage(element: HTMLElement, { language }: { language?: Language }): Language {
  return language ?? languageOf(element.lang || document.documentElement.lang || navigator.language);
}

/**
 * Returns the language tag for a flow: the chosen one, else the element's, the page's or the browser's.
 * Unlike the user interface, a flow may know other languages than `en` and `id`.
 */
export function pageLanguageTag(element: HTMLElement, { languageTag }: { languageTag?: string }): string {
  return languageTag ?? (element.lang || document.documentElement.lang || navigator.language);
}

/** Texts of the launcher, which are needed before anything is loaded. */
export const LAUNCHER_STRINGS = {
  en: {
    open: 'Open chat',
    close: 'Close chat',
    unread: (count: number): string => `${count} unread`,
    failed: 'The chat could not be loaded.',
    form: 'Contact form',
    retry: 'Try again',
  },
  id: {
    open: 'Buka obrolan',
    close: 'Tutup obrolan',
    unread: (count: number): string => `${count} belum dibaca`,
    failed: 'Obrolan tidak dapat dimuat.',
    form: 'Formulir kontak',
    retry: 'Coba lagi',
  },
} satisfies Record<Language, object>;
