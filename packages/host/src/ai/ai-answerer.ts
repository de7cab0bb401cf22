import type { AiReplyContext } from '../operations/jobs.ts';
import { createChatModel } from './chat-model.ts';
import { createQuestionMatcher } from './question-matcher.ts';

/** What an AI agent makes of a conversation. */
export interface AiAnswer {
  /** What it says; null when it says nothing. Plain text, at most 4,000 code points are kept. */
  text: string | null;
  /** Whether humans shall take over now. */
  handOver: boolean;
  /**
   * Whether `text` is no answer but says that there is none. It is not said where a person has the
   * conversation already.
   */
  isUnsure?: boolean;
}

/** Who answers for AI agents: the one thing to implement for another model or service. */
export interface AiAnswerer {
  /**
   * Answers the last message of the history as the AI agent. Rejects when it cannot be done now: it is tried
   * again a few times, then humans take over.
   */
  answer(context: AiReplyContext, signal: AbortSignal): Promise<AiAnswer>;
}

/**
 * The answerer that the environment asks for: a chat endpoint when `ALUR_AI_URL` is set, else the built-in
 * one.
 */
export function createAiAnswerer(environment: Record<string, string | undefined>): AiAnswerer {
  const { ALUR_AI_URL: url, ALUR_AI_KEY: key, ALUR_AI_MODEL: model } = environment;
  return url
    ? createChatModel({ url, ...(key && { key }), model: model ?? 'default' })
    : createQuestionMatcher();
}
