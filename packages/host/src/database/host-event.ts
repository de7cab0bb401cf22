import type { ConversationEvent, TypingSignal } from '@alur/protocol';

/** Message that is sent after a commit to this process and every other one on the same database. */
export type HostEvent =
  | EventsAdded
  | {
      kind: 'typing';
      accountId: string;
      conversationId: string;
      visitorId: string;
      signal: TypingSignal;
    }
  /** A visitor had all data erased: the readers of its log are disconnected. */
  | { kind: 'erased'; accountId: string; visitorId: string }
  /** An agent was deactivated: its streams end. */
  | { kind: 'agent-deactivated'; accountId: string; agentId: string }
  /** A family of refresh tokens was revoked: its access tokens and streams end with it. */
  | { kind: 'revoked'; family: string }
  /** The job runner has new work. */
  | { kind: 'jobs' }
  /** An inbox, a flow or an account changed: cached data about them is stale. */
  | { kind: 'settings' }
  /** Host events may have been lost: readers of a log must read from their last position. */
  | { kind: 'resync' };

/** Events `from`..`to` (sequence numbers without gaps) were added to a conversation. */
export interface EventsAdded {
  kind: 'events';
  accountId: string;
  conversationId: string;
  visitorId: string;
  from: number;
  to: number;
  /**
   * The complete events, as agents see them; null when they were too large for the message and must be read.
   */
  events: ConversationEvent[] | null;
}
