import { normalize } from '@alur/flow';
import type { AiReplyContext } from '../operations/jobs.ts';
import type { AiAnswer } from './ai-answer.ts';
import { humanPhrases, sentences } from './phrases.ts';

/** Maximum length of a text that is quoted to the visitor: a button's label, a few words. */
const MAX_QUOTED = 40;

/**
 * Returns what an AI agent writes when it has no answer. The first time it asks a question and does not hand
 * over: the first message is often a button's label, which is no question. It hands over when the visitor
 * asks for a human, or when it has no answer again directly after that, if a human can take over.
 */
export function whenUnsure(context: AiReplyContext): AiAnswer {
  const { aiAgent, history, canHandOver } = context;
  const own = sentences[aiAgent.language];
  const text = history.at(-1)?.text ?? '';
  if (canHandOver && asksForHuman(text)) return { text: own.handOver, handOver: true };
  if (!hasAskedForClarification(context))
    return { text: clarificationFor(context, text), handOver: false, isUnsure: true };
  return { text: aiAgent.fallback ?? own.fallback, handOver: canHandOver, isUnsure: true };
}

/** Returns whether a visitor's text asks for a human. */
export function asksForHuman(text: string): boolean {
  const words = normalize(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const spaced = ` ${words.join(' ')} `;
  return humanPhrases.some((phrase) => spaced.includes(` ${phrase} `));
}

/**
 * Returns whether the AI agent's last message was its question. The text of the message is the only record of
 * it.
 */
function hasAskedForClarification(context: AiReplyContext): boolean {
  const { history } = context;
  const at = history.findLastIndex(({ author }) => author === 'ai');
  if (at < 0) return false;
  const answered = history.slice(0, at).filter(({ author }) => author === 'visitor');
  // The answers to several messages in a row follow all of these messages.
  return answered.some(({ text }) => clarificationFor(context, text) === history[at]?.text);
}

function clarificationFor({ aiAgent }: AiReplyContext, text: string): string {
  const own = sentences[aiAgent.language];
  const quoted = text.trim();
  const isShort = quoted !== '' && [...quoted].length <= MAX_QUOTED;
  return aiAgent.clarification ?? (isShort ? own.askAbout(quoted) : own.askBack);
}
