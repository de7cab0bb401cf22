import { normalize } from '../../run/normalize.ts';
import type { TestAuthorKind, Wording } from '../author-kind.ts';
import { booleanField, choiceField, keywordsField } from '../fields.ts';
import { listOf, or, quoted, unset } from '../words.ts';
import { findsKeyword, foldedKeywords, foldText, searchedText } from './run.ts';
import type { TextMatch, TextTest } from './type.ts';

const verbs: Record<TextMatch, Wording> = {
  contains: { id: 'memuat', en: 'contains' },
  word: { id: 'memuat kata', en: 'contains the word' },
  equals: { id: 'sama dengan', en: 'is exactly' },
  'starts-with': { id: 'diawali', en: 'starts with' },
};

/** Author's side of `first-message-text`. */
export const textTestAuthor: TestAuthorKind<TextTest> = {
  kind: 'first-message-text',
  name: { id: 'Teks pesan pertama', en: 'First Message Text' },
  fields: [
    choiceField(
      'match',
      { id: 'Cara mencocokkan', en: 'Match' },
      {
        optional: true,
        isPublic: true,
        options: Object.entries(verbs).map(([value, label]) => ({ value, label })),
      },
    ),
    keywordsField('keywords', { id: 'Kata kunci', en: 'Keywords' }, { max: 1000, isPublic: true }),
    booleanField(
      'ignoreAccents',
      { id: 'Abaikan tanda aksen', en: 'Ignore accents' },
      { required: false, optional: true, isPublic: true },
    ),
  ],
  summary(test, { locale }) {
    const { keywords, match } = test;
    const verb = verbs[match ?? 'contains'] ?? verbs.contains;
    const wanted = keywords.filter((keyword) => normalize(keyword)).map(quoted);
    const what = listOf(wanted, or, locale) || unset[locale];
    return { id: `pesan pertama ${verb.id} ${what}`, en: `the first message ${verb.en} ${what}` }[locale];
  },
  short(test, { locale }) {
    const wanted = test.keywords.filter((keyword) => normalize(keyword));
    const more = wanted.length > 3 ? ['…'] : [];
    return [...wanted.slice(0, 3).map(quoted), ...more].join('/') || unset[locale];
  },
  why(test, moment) {
    const { keywords, match, ignoreAccents } = test;
    const { text } = moment;
    if (!text) return { code: 'no-text' };
    const searched = searchedText(moment, ignoreAccents);
    const keyword = keywords.find((one) => findsKeyword(match, searched, foldText(one, ignoreAccents)));
    return keyword === undefined ? { code: 'no-keyword', text } : { code: 'keyword', keyword, text };
  },
  describeWhy(why, locale) {
    switch (why.code) {
      case 'keyword':
        return {
          id: `pesan memuat ${quoted(why.keyword)}`,
          en: `the message has ${quoted(why.keyword)}`,
        }[locale];
      case 'no-keyword':
        return {
          id: `tidak ada kata kunci dalam ${quoted(why.text)}`,
          en: `no keyword is in ${quoted(why.text)}`,
        }[locale];
      case 'no-text':
        return { id: 'pesan tidak berisi teks', en: 'the message has no text' }[locale];
      default:
        return null;
    }
  },
  constraint(test) {
    const { match = 'contains', ignoreAccents = false } = test;
    if (!Object.hasOwn(verbs, match)) return null;
    const keywords = foldedKeywords(test).map((keyword) => ({ keyword, match, ignoreAccents }));
    // A word search costs about eight times as much.
    const cost = keywords.length * (match === 'word' ? 8 : 1);
    return keywords.length > 0 ? { kind: 'text', keywords, cost } : null;
  },
};
