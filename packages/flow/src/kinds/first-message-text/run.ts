import { ignoreAccents } from '../../run/ignore-accents.ts';
import { normalize } from '../../run/normalize.ts';
import { SearchedText } from '../../run/searched-text.ts';
import type { Moment, TestRunKind } from '../run-kind.ts';
import type { TextMatch, TextTest } from './type.ts';

type Finder = (text: SearchedText, keyword: string) => boolean;

/** Maximum length of a keyword for the engine's own loop, which searches short texts. */
const SHORT = 32;

const contains: Finder = (text, keyword) => text.contains(keyword);

const finders = new Map<string, Finder>([
  ['contains', contains],
  ['word', (text, keyword) => text.hasWord(keyword)],
  ['equals', ({ text }, keyword) => text === keyword],
  // Comparing a slice is several times as fast as `startsWith`.
  ['starts-with', ({ text }, keyword) => text.slice(0, keyword.length) === keyword],
] satisfies [TextMatch, Finder][]);

/** Engine side of `first-message-text` (rule 3). */
export const textTestRun: TestRunKind<TextTest> = {
  kind: 'first-message-text',
  compile(test) {
    const { match, ignoreAccents: withoutAccents = false } = test;
    const finds = finders.get(match ?? 'contains');
    const wanted = foldedKeywords(test);
    if (!finds || wanted.length === 0) return () => false;
    if (wanted.length === 1 && finds === contains && !withoutAccents && wanted[0]!.length <= SHORT)
      return wanted[0]!;
    return (moment) => {
      const text = searchedText(moment, withoutAccents);
      for (const keyword of wanted) if (finds(text, keyword)) return true;
      return false;
    };
  },
};

/** Returns the folded keywords of a test, without duplicates and empty ones. */
export function foldedKeywords({ keywords, ignoreAccents: withoutAccents }: TextTest): string[] {
  return [...new Set(keywords.map((keyword) => foldText(keyword, withoutAccents)))].filter(Boolean);
}

/** Folds a text for comparison by a test. */
export function foldText(text: string, withoutAccents = false): string {
  const folded = normalize(text);
  return withoutAccents ? ignoreAccents(folded) : folded;
}

/** Returns whether a folded keyword is found in a folded text. */
export function findsKeyword(match: string | undefined, text: SearchedText, keyword: string): boolean {
  return keyword !== '' && (finders.get(match ?? 'contains')?.(text, keyword) ?? false);
}

const searched = new WeakMap<Moment, [plain?: SearchedText, withoutAccents?: SearchedText]>();

/** Returns the first message prepared for searches. Created when a test first needs it. */
export function searchedText(moment: Moment, withoutAccents = false): SearchedText {
  let forms = searched.get(moment);
  if (!forms) searched.set(moment, (forms = []));
  return (forms[Number(withoutAccents)] ??= new SearchedText(
    withoutAccents ? ignoreAccents(moment.text) : moment.text,
  ));
}
