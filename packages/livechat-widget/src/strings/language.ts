/** The languages the widget speaks. */
export type Language = 'en' | 'id';

/** The language for a page: Indonesian for `id` (and its old code `in`), English for anything else. */
export function languageOf(tag: string | null | undefined): Language {
  return /^i[dn]\b/i.test(tag ?? '') ? 'id' : 'en';
}

/** What the launcher says; it has to stand before anything is loaded. */
export const LAUNCHER_STRINGS = {
  en: {
    open: 'Open chat',
    close: 'Close chat',
    unread: (count: number) => `${count} unread`,
    failed: 'The chat could not be loaded.',
    contact: 'Contact us another way',
  },
  id: {
    open: 'Buka obrolan',
    close: 'Tutup obrolan',
    unread: (count: number) => `${count} belum dibaca`,
    failed: 'Obrolan tidak dapat dimuat.',
    contact: 'Hubungi kami lewat cara lain',
  },
} satisfies Record<Language, object>;
