import type { AiAnswerer } from './ai-answer.ts';
import { greetingWords, sentences, thanksWords } from './phrases.ts';
import { splitWords } from './question-index.ts';
import { createQuestionThread, type FindQuestion } from './question-thread.ts';
import { asksForHuman, whenUnsure } from './when-unsure.ts';

/** Minimum score at which a question counts as the one that the visitor asked. */
const MIN_SCORE = 0.5;

/**
 * Creates the built-in answerer. It needs no network and knows only the AI agent's own list. It compares in a
 * worker thread; jobs pass it one message of a visitor at a time.
 */
export function createQuestionMatcher(find: FindQuestion = createQuestionThread()): AiAnswerer {
  return {
    async answer(context, signal) {
      const { aiAgent, history, canHandOver } = context;
      const text = history.at(-1)?.text ?? '';
      const own = sentences[aiAgent.language];
      const best = await find(text, aiAgent.questions, signal);
      if (best && best.score >= MIN_SCORE) return { text: best.question.answer, handOver: false };
      if (canHandOver && asksForHuman(text)) return { text: own.handOver, handOver: true };
      if (isOnly(text, greetingWords)) return { text: own.greeting, handOver: false };
      if (isOnly(text, thanksWords)) return { text: own.thanks, handOver: false };
      return whenUnsure(context);
    },
  } satisfies AiAnswerer;
}

function isOnly(text: string, allowed: ReadonlySet<string>): boolean {
  const words = splitWords(text);
  return words.length > 0 && words.every((word) => allowed.has(word));
}
