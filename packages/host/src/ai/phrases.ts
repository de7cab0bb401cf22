import type { AiLanguage } from '../workspace.ts';

/** Sentences of the built-in answerer, by language. */
export const sentences: Record<
  AiLanguage,
  {
    fallback: string;
    handOver: string;
    greeting: string;
    thanks: string;
    askBack: string;
    askAbout(text: string): string;
  }
> = {
  id: {
    fallback: 'Maaf, saya belum tahu jawabannya.',
    handOver: 'Baik, saya sambungkan dengan rekan kami. Mohon tunggu sebentar, ya.',
    greeting: 'Halo! Ada yang bisa saya bantu?',
    thanks: 'Sama-sama!',
    askBack: 'Boleh dijelaskan sedikit lagi, apa yang ingin Kakak tanyakan?',
    askAbout: (text) => `Tentu, soal “${text}”. Apa yang ingin Kakak tanyakan?`,
  },
  en: {
    fallback: 'Sorry, I do not know the answer to that.',
    handOver: 'Of course. I am connecting you with one of our people; one moment, please.',
    greeting: 'Hello! How can I help?',
    thanks: 'You are welcome!',
    askBack: 'Could you tell me a little more about what you would like to know?',
    askAbout: (text) => `Sure, about “${text}”. What would you like to know?`,
  },
};

/** Normalised phrases by which visitors ask for a human. */
export const humanPhrases = [
  'manusia',
  'orang asli',
  'orang beneran',
  'operator',
  'petugas',
  'admin',
  'customer service',
  'cs',
  'bicara dengan orang',
  'ngobrol sama orang',
  'human',
  'real person',
  'live agent',
  'speak to someone',
  'talk to someone',
  'talk to an agent',
];

/** Words of which a message consists that is only a greeting. */
export const greetingWords = new Set(
  'halo hallo hai hi hello hey permisi selamat pagi siang sore malam good morning afternoon evening assalamualaikum min kak gan sis'.split(
    ' ',
  ),
);

/** Words of which a message consists that is only thanks. */
export const thanksWords = new Set(
  'terima kasih makasih trims thanks thank you thx ok oke okay baik kak ya'.split(' '),
);

/** Words that do not show what a question is about. */
export const stopWords = new Set(
  (
    'apa apakah bagaimana gimana berapa kapan dimana mana siapa kenapa mengapa yang di ke dari untuk dan atau saya aku kami kita anda kamu ' +
    'ada bisa boleh mau ingin cara dengan ini itu nya ya kah dong sih kak min tolong mohon adalah jika kalau ' +
    'a an the is are am do does did can could will would how what when where who why which i you we my your our me to of for in on at it and or please'
  ).split(' '),
);
