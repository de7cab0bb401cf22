import { normalize } from '@alur/flow';
import type { AiReplyContext } from '../operations/jobs.ts';
import type { AiAnswer } from './ai-answerer.ts';
import { humanPhrases, sentences } from './phrases.ts';

/**
 * A text up to this long can be said back to the visitor in quotation marks: a button's label, a few words.
 */
const SHORT = 40;

/**
 * What an AI agent says when it has no answer. The first time it asks back and stays: the first thing it
 * hears is often a button's label, which is no question. Asked for a human, or without an answer again right
 * after that, it hands over, if there is somebody.
 */
export function whenUnsure(context: AiReplyContext): AiAnswer {
  const { aiAgent, history, canHandOver } = context;
  const own = sentences[aiAgent.language];
  const text = history.at(-1)?.text ?? '';
  if (canHandOver && asksForHuman(text)) return { text: own.handOver, handOver: true };
  if (!hasAskedBack(context)) return { text: questionBack(context, text), handOver: false, isUnsure: true };
  return { text: aiAgent.fallback ?? own.fallback, handOver: canHandOver, isUnsure: true };
}

/** Whether a visitor's text asks for a human. */
export function asksForHuman(text: string): boolean {
  const words = normalize(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const spaced = ` ${words.join(' ')} `;
  return humanPhrases.some((phrase) => spaced.includes(` ${phrase} `));
}

/**
 * Whether the AI agent's last message was its question back: what it says is all that is remembered of it.
 */
function hasAskedBack(context: AiReplyContext): boolean {
  const { history } = context;
  const at = history.findLastIndex(({ author }) => author === 'ai');
  if (at < 0) return false;
  const answered = history.slice(0, at).filter(({ author }) => author === 'visitor');
  // The answers to several messages in a row come one after the other, behind all of them.
  return answered.some(({ text }) => questionBack(context, text) === history[at]?.text);
}

function questionBack({ aiAgent }: AiReplyContext, text: string): string {
  const own = sentences[aiAgent.language];
  const said = text.trim();
  const isShort = said !== '' && [...said].length <= SHORT;
  return aiAgent.clarification ?? (isShort ? own.askAbout(said) : own.askBack);
}
