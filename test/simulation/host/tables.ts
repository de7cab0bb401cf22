import type { ConversationEvent, FlowPin, Message } from '@alur/protocol';
import type { ConversationState, NewJob } from '../../../packages/host/src/operations/conversation-state.ts';
import type { Directory } from '../../../packages/host/src/operations/directory.ts';
import type { Inbox } from '../../../packages/host/src/operations/inboxes.ts';
import type { Serving, TurnRow, VisitorRow } from '../../../packages/host/src/operations/records.ts';

/** One conversation with all its data. */
export interface ConversationTable {
  state: ConversationState;
  /** Numbered from 1 without gaps: event `n` is at `n - 1`. */
  events: ConversationEvent[];
  messages: Map<string, Message>;
  turns: Map<string, TurnRow>;
  sessions: Map<string, ConversationState['session']>;
  requests: Map<string, string>;
  jobs: Map<string, NewJob>;
}

/** A stored refresh token. */
export interface TokenRow {
  family: string;
  visitorId: string;
  usedAt: Date | null;
  expiresAt: Date;
}

/** The host's data, in memory. It is kept when a process crashes, as in a database. */
export interface Tables {
  accountId: string;
  inbox: Inbox;
  flows: Map<string, unknown>;
  servings: (FlowPin & Serving)[];
  directory: Directory;
  visitors: Map<string, VisitorRow>;
  tokens: Map<string, TokenRow>;
  conversations: Map<string, ConversationTable>;
  /** Conversation by visitor. */
  ofVisitor: Map<string, ConversationTable>;
}

/** Returns a version's key in `flows`. */
export function versionKey({ id, version }: FlowPin): string {
  return `${id}@${version}`;
}

/** Adds a unique value. Throws for a duplicate, for which a database would reject the whole transaction. */
export function addUnique<Key, Value>(table: Map<Key, Value>, key: Key, value: Value, what: string): void {
  if (table.has(key)) throw new Error(`${what} ${String(key)} is there already.`);
  table.set(key, value);
}
