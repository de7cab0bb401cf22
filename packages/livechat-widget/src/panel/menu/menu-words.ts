import type { Language } from '../../strings/language.ts';

/** Texts of the menu. Loaded with the menu, so that only visitors who open it download them. */
export interface MenuWords {
  /** The other language, in that language. */
  language: string;
  sound: string;
  forget: string;
  forgetQuestion: string;
  forgetYes: string;
  erase: string;
  eraseQuestion(name: string): string;
  eraseYes: string;
  erasing: string;
  /** The host refused. */
  eraseFailed(name: string): string;
  /** The host did not respond. */
  eraseUnknown(name: string): string;
  erased: string;
  no: string;
  retry: string;
  close: string;
}

/** The texts in every language. */
export const MENU_WORDS: Record<Language, MenuWords> = {
  en: {
    language: 'Bahasa Indonesia',
    sound: 'Sound',
    forget: 'Forget me on this device',
    forgetQuestion: 'This removes the conversation from this device. Continue?',
    forgetYes: 'Forget',
    erase: 'Delete my conversation',
    eraseQuestion: (name) =>
      `Delete your messages and everything that ${name} knows about you, on this device and at ${name}? This cannot be undone.`,
    eraseYes: 'Delete',
    erasing: 'Deleting…',
    eraseFailed: (name) => `${name} cannot delete your data right now. Nothing was deleted.`,
    eraseUnknown: (name) =>
      `${name} did not respond. Your data may not be deleted yet. Try again to make sure.`,
    erased: 'Everything was deleted.',
    no: 'Keep',
    retry: 'Try again',
    close: 'Close',
  },
  id: {
    language: 'English',
    sound: 'Suara',
    forget: 'Lupakan saya di perangkat ini',
    forgetQuestion: 'Percakapan akan hilang dari perangkat ini. Lanjutkan?',
    forgetYes: 'Lupakan',
    erase: 'Hapus percakapan saya',
    eraseQuestion: (name) =>
      `Hapus yang Anda tulis dan yang diketahui ${name} tentang Anda, di perangkat ini dan di ${name}? Ini tidak dapat dibatalkan.`,
    eraseYes: 'Hapus',
    erasing: 'Menghapus…',
    eraseFailed: (name) => `${name} belum dapat melakukannya. Tidak ada yang dihapus.`,
    eraseUnknown: (name) =>
      `${name} tidak menjawab, jadi belum pasti apakah ada yang dihapus. Coba lagi untuk memastikan.`,
    erased: 'Semuanya telah dihapus.',
    no: 'Batal',
    retry: 'Coba lagi',
    close: 'Tutup',
  },
};
