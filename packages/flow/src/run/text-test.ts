import type { TextMatch, TextTest } from '../document/flow.ts';
import { normalize } from './normalize.ts';
import type { TestRunKind } from './run-kind.ts';

type Finder = (text: string, keyword: string) => boolean;

/** From this length on a keyword is searched in linear time; below it the engine's own search is faster. */
const LONG = 32;

const contains: Finder = (text, keyword) => search(text, keyword, () => true);

const finders = new Map<string, Finder>([
  ['contains', contains],
  ['word', hasWord],
  ['equals', (text, keyword) => text === keyword],
  ['starts-with', (text, keyword) => text.startsWith(keyword)],
] satisfies [TextMatch, Finder][]);

/** `first-message-text` (rule 3). */
export const textTestRun: TestRunKind = {
  kind: 'first-message-text',
  compile(test) {
    const { match, keywords } = test as TextTest;
    const finds = finders.get(match ?? 'contains');
    const wanted = keywords.map(normalize).filter(Boolean);
    if (!finds || wanted.length === 0) return () => false;
    if (wanted.length === 1 && finds === contains && wanted[0]!.length < LONG) return wanted[0]!;
    return ({ text }) => {
      for (const keyword of wanted) if (finds(text, keyword)) return true;
      return false;
    };
  },
};

/** Whether one normalised keyword is found in a normalised text. */
export function findsKeyword(match: string | undefined, text: string, keyword: string): boolean {
  return keyword !== '' && (finders.get(match ?? 'contains')?.(text, keyword) ?? false);
}

const WORD_BEFORE = /[\p{L}\p{N}\p{M}]$/u;
const WORD_AFTER = /^[\p{L}\p{N}\p{M}]/u;

/** Whether a word stands between other characters than letters, digits and marks. @internal */
export function hasWord(text: string, word: string): boolean {
  return search(text, word, (from) => {
    const to = from + word.length;
    // A character is one or two units long.
    const before = text.slice(Math.max(0, from - 2), from);
    return !WORD_BEFORE.test(before) && !WORD_AFTER.test(text.slice(to, to + 2));
  });
}

/** Whether a keyword stands anywhere where it is accepted. Hostile keywords must not make this slow (Knuth-Morris-Pratt). */
function search(text: string, keyword: string, accepts: (from: number) => boolean): boolean {
  if (keyword.length < LONG) {
    for (let from = text.indexOf(keyword); from >= 0; from = text.indexOf(keyword, from + 1)) {
      if (accepts(from)) return true;
    }
    return false;
  }
  if (!text.includes(keyword.slice(0, LONG))) return false;
  // The keyword is first searched in itself: after a miss, that says how much of it still fits. Behind its end nothing fits.
  const back = [0];
  const step = (n: number, code: number) => {
    while (n > 0 && code !== keyword.charCodeAt(n)) n = back[n - 1]!;
    return code === keyword.charCodeAt(n) ? n + 1 : n;
  };
  for (let i = 1, n = 0; i < keyword.length; i++) back[i] = n = step(n, keyword.charCodeAt(i));
  for (let i = 0, n = 0; i < text.length; i++) {
    n = step(n, text.charCodeAt(i));
    if (n === keyword.length && accepts(i + 1 - n)) return true;
  }
  return false;
}
