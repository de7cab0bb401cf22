/** Sample of a script for tests of text functions. */
export interface ScriptSample {
  script: string;
  /** First and last name. */
  name: string;
  initials: string;
  /** Sentence with `{}` as the placeholder of an address. */
  sentence: string;
  /** Length of `name` in code points. */
  length: number;
}

/** Samples of scripts, including combining marks and sequences. */
export const SCRIPTS: readonly ScriptSample[] = [
  { script: 'Latin', name: 'Budi Santoso', initials: 'BS', sentence: 'Lihat {}, ya?', length: 12 },
  { script: 'Latin with marks', name: 'Éric Ångström', initials: 'ÉÅ', sentence: '«{}»', length: 13 },
  {
    script: 'Latin, decomposed',
    name: 'e\u0301ric ø',
    initials: 'E\u0301Ø',
    sentence: 'Vois (cafe\u0301: {})…',
    length: 7,
  },
  { script: 'Cyrillic', name: 'Юлия Ёлкина', initials: 'ЮЁ', sentence: 'Смотри „{}“.', length: 11 },
  { script: 'Greek', name: 'Άννα Ωρίων', initials: 'ΆΩ', sentence: 'Δείτε {}· ευχαριστώ;', length: 10 },
  { script: 'Arabic', name: 'أحمد علي', initials: 'أ\u200cع', sentence: 'راجع {}؟', length: 8 },
  { script: 'Hebrew', name: 'דוד לוי', initials: 'דל', sentence: 'ראו {}, תודה', length: 7 },
  { script: 'Devanagari', name: 'अनिल कुमार', initials: 'अकु', sentence: 'देखें {}। धन्यवाद', length: 10 },
  { script: 'Thai', name: 'นิดา', initials: 'นิ', sentence: 'ดู {} ครับ', length: 4 },
  { script: 'Han', name: '王小明', initials: '王', sentence: '请看{}。谢谢', length: 3 },
  { script: 'Han in brackets', name: '李 雷', initials: '李雷', sentence: '地址（{}），谢谢', length: 3 },
  { script: 'Kana', name: 'がくと さとう', initials: 'がさ', sentence: 'こちら「{}」をどうぞ', length: 7 },
  {
    script: 'Kana, decomposed',
    name: 'か\u3099くと',
    initials: 'か\u3099',
    sentence: 'これ、{}、です',
    length: 4,
  },
  { script: 'Hangul', name: '김철수', initials: '김', sentence: '여기 {}. 감사', length: 3 },
  {
    script: 'Hangul, decomposed',
    name: '\u1100\u1175\u11b7',
    initials: '\u1100\u1175\u11b7',
    sentence: '“{}”',
    length: 3,
  },
  { script: 'emoji', name: '👩🏽‍💻 🇮🇩', initials: '👩🏽‍💻🇮🇩', sentence: '👉🏽{} ✅', length: 7 },
];
