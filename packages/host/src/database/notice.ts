import type { ConversationEvent, TypingSignal } from '@alur/protocol';

/**
 * What the other parts of a host hear after a commit, in this process and in every other one on the same
 * database.
 */
export type Notice =
  | EventsNotice
  | {
      kind: 'typing';
      accountId: string;
      conversationId: string;
      visitorId: string;
      signal: TypingSignal;
    }
  /** A visitor had everything erased: whoever follows its log is sent away. */
  | { kind: 'erased'; accountId: string; visitorId: string }
  /** An agent was deactivated: its streams end. */
  | { kind: 'agent-deactivated'; accountId: string; agentId: string }
  /** A family of refresh tokens was ended: its access tokens and streams end with it. */
  | { kind: 'revoked'; family: string }
  /** There is new work for the job runner. */
  | { kind: 'jobs' }
  /** An inbox, a flow or an account changed: whatever was cached about them is stale. */
  | { kind: 'settings' }
  /** Notices may have been lost: whoever follows a log reads on. */
  | { kind: 'resync' };

/** Events `from`..`to` (log numbers, without a hole) were added to a conversation. */
export interface EventsNotice {
  kind: 'events';
  accountId: string;
  conversationId: string;
  visitorId: string;
  from: number;
  to: number;
  /** The events whole, as agents see them; null when they were too large to travel and must be read. */
  events: ConversationEvent[] | null;
}
