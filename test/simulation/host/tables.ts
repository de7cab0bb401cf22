import type { ConversationEvent, FlowPin, Message } from '@alur/protocol';
import type { ConversationState, NewJob } from '../../../packages/host/src/operations/conversation-state.ts';
import type { Directory } from '../../../packages/host/src/operations/directory.ts';
import type { Inbox } from '../../../packages/host/src/operations/inboxes.ts';
import type { Serving, TurnRow, VisitorRow } from '../../../packages/host/src/operations/records.ts';

/** One conversation with everything that belongs to it. */
export interface ConversationTable {
  state: ConversationState;
  /** Numbered from 1 without a hole: event `n` stands at `n - 1`. */
  events: ConversationEvent[];
  messages: Map<string, Message>;
  turns: Map<string, TurnRow>;
  sessions: Map<string, ConversationState['session']>;
  requests: Map<string, string>;
  jobs: Map<string, NewJob>;
}

/** A refresh token as it is kept. */
export interface TokenRow {
  family: string;
  visitorId: string;
  usedAt: Date | null;
  expiresAt: Date;
}

/** What a host has in its database, in memory. It survives the crash of a process, as a database does. */
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

/** A version's key in `flows`. */
export function versionKey({ id, version }: FlowPin): string {
  return `${id}@${version}`;
}

/** Adds what must be unique; a database would refuse the whole transaction. */
export function addUnique<Key, Value>(table: Map<Key, Value>, key: Key, value: Value, what: string): void {
  if (table.has(key)) throw new Error(`${what} ${String(key)} is there already.`);
  table.set(key, value);
}
