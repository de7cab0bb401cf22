import { normalize } from '@alur/flow';
import type { AiQuestion } from '../workspace.ts';
import { stopWords } from './phrases.ts';

/**
 * Maximum number of UTF-16 units of a text that are compared. The beginning of a longer question shows its
 * subject.
 */
const MAX_TEXT = 1_000;
/** Maximum number of different words of a text, or of a wording, that are compared. */
const MAX_WORDS = 40;
/** Maximum number of letters of a word that are compared. */
const MAX_LETTERS = 40;
/** Minimum share of common three-letter parts at which two words count as similar. */
const MIN_SHARE = 0.45;

/** Maximum number of known words that one word is compared with. */
const MAX_CANDIDATES = 1_000;

/** The question that is most similar to a text. */
export interface Match {
  question: AiQuestion;
  /** Similarity from 0 to 1. */
  score: number;
}

/** Finds questions that are similar to a text. */
export interface QuestionIndex {
  best(text: string): Match | null;
}

/**
 * Builds an inverted index over an AI agent's questions. Rare words of the list weigh more, because they
 * distinguish the questions. A word whose letters are only similar (`pengirimannya`, a typing error) counts
 * with less weight. A search compares each of at most 40 words with at most 1,000 known words that share a
 * three-letter part with it.
 */
export function createQuestionIndex(questions: readonly AiQuestion[]): QuestionIndex {
  const wordings = questions.flatMap((question) =>
    [question.question, ...(question.alternatives ?? [])].map((text) => ({ question, words: wordsOf(text) })),
  );
  /** Wordings by word. */
  const wordingsByWord = new Map<string, number[]>();
  wordings.forEach(({ words }, at) => {
    for (const word of words) add(wordingsByWord, word, at);
  });
  /** Known words by three-letter part, and the parts of each word. */
  const byPart = new Map<string, string[]>();
  const partsOf = new Map<string, ReadonlySet<string>>();
  for (const word of wordingsByWord.keys()) {
    const own = trigrams(word);
    partsOf.set(word, own);
    for (const part of own) add(byPart, part, word);
  }
  const weightOf = (word: string): number =>
    Math.log(1 + (wordings.length + 1) / (1 + (wordingsByWord.get(word)?.length ?? 0)));

  /** Returns the known words that are similar to a word, with their similarity. */
  function findSimilar(word: string): Map<string, number> {
    const own = trigrams(word);
    const similar = new Map<string, number>();
    // The rarest parts first: they distinguish words, and common parts occur in the whole list.
    const lists = [...own].map((part) => byPart.get(part) ?? []).sort((a, b) => a.length - b.length);
    let left = MAX_CANDIDATES;
    for (const list of lists)
      for (const other of list.slice(0, Math.max(0, left))) {
        left -= 1;
        if (similar.has(other)) continue;
        const share = overlapOf(own, partsOf.get(other)!);
        if (share >= MIN_SHARE) similar.set(other, share);
      }
    if (wordingsByWord.has(word)) similar.set(word, 1);
    return similar;
  }

  return {
    best(text) {
      const textWords = wordsOf(text);
      const total = textWords.reduce((sum, word) => sum + weightOf(word), 0);
      if (total === 0) return null;
      /** How much of the text each wording covers, by weight. */
      const covered = new Map<number, number>();
      /** Highest similarity of each known word to a word of the text. */
      const similarity = new Map<string, number>();
      for (const word of textWords) {
        const best = new Map<number, number>();
        for (const [known, share] of findSimilar(word)) {
          similarity.set(known, Math.max(similarity.get(known) ?? 0, share));
          for (const at of wordingsByWord.get(known)!) best.set(at, Math.max(best.get(at) ?? 0, share));
        }
        for (const [at, share] of best) covered.set(at, (covered.get(at) ?? 0) + share * weightOf(word));
      }
      let match: Match | null = null;
      // In the order of the list: of two equally similar questions, the first wins.
      for (const at of [...covered.keys()].sort((a, b) => a - b)) {
        const { question, words } = wordings[at]!;
        let found = 0;
        let all = 0;
        for (const word of words) {
          all += weightOf(word);
          found += weightOf(word) * (similarity.get(word) ?? 0);
        }
        // The visitor's words weigh more than the other words of the wording: visitors ask short questions.
        const score = 0.75 * (covered.get(at)! / total) + 0.25 * (found / all);
        if (score > (match?.score ?? 0)) match = { question, score };
      }
      return match;
    },
  };
}

/**
 * Returns the different words of a text without stop words; all words when there are only stop words. At most
 * 40, each of at most 40 letters.
 */
export function wordsOf(text: string): string[] {
  const all = splitWords(text);
  const meaningful = all.filter((word) => !stopWords.has(word));
  return [...new Set(meaningful.length > 0 ? meaningful : all)].slice(0, MAX_WORDS);
}

/** Returns the folded words of the beginning of a text. */
export function splitWords(text: string): string[] {
  return normalize(text.slice(0, MAX_TEXT))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.slice(0, MAX_LETTERS));
}

/** Returns the share of three-letter parts that two words have in common, 0 to 1. */
function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const part of a) if (b.has(part)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

function trigrams(word: string): Set<string> {
  const padded = ` ${word} `;
  const parts = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) parts.add(padded.slice(at, at + 3));
  return parts;
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
