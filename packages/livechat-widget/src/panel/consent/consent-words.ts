import type { Language } from '../../strings/language.ts';

/** Texts of the consent question. */
export interface ConsentWords {
  title: string;
  question(name: string): string;
  privacy: string;
  agree: string;
  refuse: string;
  refused: string;
  form: string;
}

/** The texts in every language. */
export const CONSENT_WORDS: Record<Language, ConsentWords> = {
  en: {
    title: 'Before you send',
    question: (name) =>
      `To reply, ${name} stores your messages and remembers you on this device. You can delete everything at any time in the menu above.`,
    privacy: 'Privacy notice',
    agree: 'Agree and send',
    refuse: 'No, thanks',
    refused: 'Nothing was sent or stored. Your text is still here if you change your mind.',
    form: 'Contact form',
  },
  id: {
    title: 'Sebelum dikirim',
    question: (name) =>
      `Untuk menjawab Anda, ${name} menyimpan yang Anda tulis dan mengingat Anda di perangkat ini. Anda dapat menghapus semuanya kapan saja, lewat menu di atas.`,
    privacy: 'Pemberitahuan privasi',
    agree: 'Setuju dan kirim',
    refuse: 'Tidak, terima kasih',
    refused:
      'Tidak ada yang dikirim dan tidak ada yang disimpan. Teks Anda masih di sini bila Anda berubah pikiran.',
    form: 'Formulir kontak',
  },
};
