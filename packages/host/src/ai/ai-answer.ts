import type { AiReplyContext } from '../operations/jobs.ts';

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
