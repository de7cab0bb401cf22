import type { AiReplyContext } from '../operations/jobs.ts';
import { createChatModel } from './chat-model.ts';
import { createQuestionMatcher } from './question-matcher.ts';

/** Answer of an AI agent in a conversation. */
export interface AiAnswer {
  /** Text of the answer; null for no answer. Plain text, of which at most 4,000 code points are stored. */
  text: string | null;
  /** Whether humans must take over now. */
  handOver: boolean;
  /**
   * Whether `text` only states that there is no answer. Such a text is not sent in a conversation that a
   * human has taken over already.
   */
  isUnsure?: boolean;
}

/** Answers for AI agents. Implement this interface for another model or service. */
export interface AiAnswerer {
  /**
   * Answers the last message of the history as the AI agent. Rejects when it cannot answer now: the job tries
   * a few times again, then humans take over.
   */
  answer(context: AiReplyContext, signal: AbortSignal): Promise<AiAnswer>;
}

/**
 * Creates the answerer that the environment selects: a chat endpoint when `ALUR_AI_URL` is set, else the
 * built-in one.
 */
export function createAiAnswerer(environment: Record<string, string | undefined>): AiAnswerer {
  const { ALUR_AI_URL: url, ALUR_AI_KEY: key, ALUR_AI_MODEL: model } = environment;
  return url
    ? createChatModel({ url, ...(key && { key }), model: model ?? 'default' })
    : createQuestionMatcher();
}
