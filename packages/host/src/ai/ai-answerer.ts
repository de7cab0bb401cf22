import type { AiAnswerer } from './ai-answer.ts';
import { createChatModel } from './chat-model.ts';
import { createQuestionMatcher } from './question-matcher.ts';

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
