import { normalize } from '@alur/flow';
import type { AiQuestion } from '../workspace.ts';
import type { AiAnswerer } from './ai-answerer.ts';
import { greetingWords, sentences, stopWords, thanksWords } from './phrases.ts';
import { asksForHuman, whenUnsure } from './when-unsure.ts';

/** From here on a question counts as the one that was asked. */
const SURE = 0.5;

/**
 * The built-in answerer: needs no network and knows what stands in the AI agent's own list, nothing else.
 */
export function createQuestionMatcher(): AiAnswerer {
  return {
    async answer(context) {
      const { aiAgent, history, canHandOver } = context;
      const text = history.at(-1)?.text ?? '';
      const own = sentences[aiAgent.language];
      const best = bestQuestion(text, aiAgent.questions);
      if (best && best.score >= SURE) return { text: best.question.answer, handOver: false };
      if (canHandOver && asksForHuman(text)) return { text: own.handOver, handOver: true };
      if (isOnly(text, greetingWords)) return { text: own.greeting, handOver: false };
      if (isOnly(text, thanksWords)) return { text: own.thanks, handOver: false };
      return whenUnsure(context);
    },
  } satisfies AiAnswerer;
}

/**
 * The question that is most like a text, and how much, 0..1. Words count by how rare they are in the list, so that what tells questions
 * apart decides; a word also counts, for less, when only its letters are alike (`pengirimannya`, a typing error).
 */
export function bestQuestion(
  text: string,
  questions: readonly AiQuestion[],
): { question: AiQuestion; score: number } | null {
  const asked = words(text);
  const known = questions.flatMap((question) =>
    [question.question, ...(question.alternatives ?? [])].map((wording) => ({
      question,
      words: words(wording),
    })),
  );
  const weight = weigher(known.map((entry) => entry.words));
  let best: { question: AiQuestion; score: number } | null = null;
  for (const { question, words: wording } of known) {
    const score = similarity(asked, wording, weight);
    if (score > (best?.score ?? 0)) best = { question, score };
  }
  return best;
}

function similarity(asked: string[], wording: string[], weight: (word: string) => number): number {
  // What the visitor said weighs more than what the wording has besides: people ask in short.
  return 0.75 * covered(asked, wording, weight) + 0.25 * covered(wording, asked, weight);
}

/** How much of `some` is found among `others`, 0..1 by weight. */
function covered(some: string[], others: string[], weight: (word: string) => number): number {
  let found = 0;
  let total = 0;
  for (const word of some) {
    const worth = weight(word);
    total += worth;
    found += worth * Math.max(0, ...others.map((other) => alike(word, other)));
  }
  return total === 0 ? 0 : found / total;
}

/** 1 for the same word; for others how many three-letter parts they share, when that is most of them. */
function alike(a: string, b: string): number {
  if (a === b) return 1;
  const [first, second] = [trigrams(a), trigrams(b)];
  let shared = 0;
  for (const part of first) if (second.has(part)) shared += 1;
  const likeness = (2 * shared) / (first.size + second.size);
  return likeness >= 0.45 ? likeness : 0;
}

function trigrams(word: string): Set<string> {
  const padded = ` ${word} `;
  const parts = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) parts.add(padded.slice(at, at + 3));
  return parts;
}

function weigher(wordings: string[][]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const wording of wordings)
    for (const word of new Set(wording)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + (wordings.length + 1) / (1 + (counts.get(word) ?? 0)));
}

/** The words that say what a text is about; all of them when there are no such. */
function words(text: string): string[] {
  const all = split(text);
  const telling = all.filter((word) => !stopWords.has(word));
  return telling.length > 0 ? telling : all;
}

function split(text: string): string[] {
  return normalize(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function isOnly(text: string, allowed: ReadonlySet<string>): boolean {
  const said = split(text);
  return said.length > 0 && said.every((word) => allowed.has(word));
}
