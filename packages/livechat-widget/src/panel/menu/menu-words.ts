import type { Language } from '../../strings/language.ts';

/** What the menu says. It comes with the menu, so that nobody who does not open it downloads its words. */
export interface MenuWords {
  /** The other language, by its own name. */
  language: string;
  forget: string;
  forgetQuestion: string;
  forgetYes: string;
  forgetNo: string;
}

/** The menu's words in every language. */
export const MENU_WORDS: Record<Language, MenuWords> = {
  en: {
    language: 'Bahasa Indonesia',
    forget: 'Forget me on this device',
    forgetQuestion: 'The conversation disappears from this device. Go on?',
    forgetYes: 'Forget',
    forgetNo: 'Keep',
  },
  id: {
    language: 'English',
    forget: 'Lupakan saya di perangkat ini',
    forgetQuestion: 'Percakapan akan hilang dari perangkat ini. Lanjutkan?',
    forgetYes: 'Lupakan',
    forgetNo: 'Simpan',
  },
};
