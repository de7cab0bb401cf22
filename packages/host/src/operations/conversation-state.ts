import type { FlowRun } from '@alur/flow';
import type {
  Collaborators,
  ConversationEvent,
  ConversationStatus,
  FlowPin,
  Handler,
  Message,
  Rating,
} from '@alur/protocol';
import { newId } from '../ids.ts';

/** Everything a conversation is, apart from its log. One row. */
export interface ConversationState {
  id: string;
  accountId: string;
  inboxId: string;
  visitorId: string;
  /** Part of every cursor: a log that was rebuilt has another epoch, so old cursors are recognised. */
  epoch: string;
  /** Number of the last event. */
  head: number;
  /** Number of the visitor's last acknowledged turn. */
  turnSeq: number;
  status: ConversationStatus;
  labelIds: string[];
  handler: StoredHandler | null;
  /** Who may take the conversation: candidates of a human end, or of an AI agent that hands over. */
  candidates: Collaborators;
  collaborators: Collaborators;
  session: { id: string; number: number; status: 'open' | 'resolved'; flow: FlowPin | null };
  run: FlowRun;
  /** The `buttons` card last shown in this session and not answered yet, also after the run was cancelled. */
  offered: string | null;
  /** Whether a human agent wrote in this session. */
  humanWrote: boolean;
  visitorRead: number;
  agentRead: number;
  /** Visitor messages since the last agent or AI message. */
  unread: number;
  lastMessage: Message | null;
  /** The visitor's rating of the newest session that has one. */
  rating: StoredRating | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A handler with the picture that visitors may see. */
export type StoredHandler = Handler & { avatarUrl?: string };

/** A rating with its session's number, by which newer sessions are told from older ones. */
export type StoredRating = Rating & { sessionNumber: number };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before it has a place in the log. */
export type EventBody = DistributiveOmit<ConversationEvent, 'seq' | 'cursor' | 'at' | 'sessionId'>;

/** Work to be done after the commit, kept as a row until it is done. */
export type NewJob =
  | { kind: 'ai-reply'; id: string; payload: AiReplyPayload }
  | { kind: 'webhook'; id: string; payload: WebhookPayload };

export interface AiReplyPayload {
  sessionId: string;
  aiAgentId: string;
  /** The visitor's message to answer. */
  messageId: string;
  /**
   * `handler`: the AI agent has the conversation. `last`: humans have it, and it answers the ending message
   * once.
   */
  role: 'handler' | 'last';
}

export interface WebhookPayload {
  sessionId: string;
  cardId: string;
  turnId: string;
  url: string;
  /** When the card was reached. */
  at: string;
  /** What is posted, as it was then. Jobs of earlier releases have none. */
  body?: WebhookBody;
}

/** The visitor in the body of a webhook call. */
export interface WebhookVisitor {
  id: string;
  /** Whether an identity token states the subject, name, email and phone. */
  verified: boolean;
  /** The `sub` of the token of a verified visitor. */
  subject?: string;
  name?: string;
  email?: string;
  phone?: string;
  language?: string;
  /** Claims of the page, unverified, except those under the keys in `verifiedAttributes`. */
  attributes?: Record<string, string>;
  verifiedAttributes?: string[];
}

/** What a webhook call tells its receiver. */
export interface WebhookBody {
  id: string;
  type: 'flow.webhook';
  /** The form of this body: 1. */
  version: number;
  at: string;
  conversationId: string;
  inboxId: string;
  sessionId: string;
  flow: FlowPin | null;
  cardId: string;
  turnId: string;
  visitor: WebhookVisitor;
  firstMessage: FlowRun['first'];
  labelIds: string[];
}

/**
 * A conversation being changed: the state, and what has to be written beside it. Saved as a whole or not at
 * all.
 */
export interface Draft {
  state: ConversationState;
  readonly now: Date;
  readonly isNew: boolean;
  readonly events: ConversationEvent[];
  readonly jobs: NewJob[];
  /** Session rows to write. */
  readonly sessions: { state: ConversationState['session']; run: FlowRun }[];
}

/** A draft over a conversation that was read, or made just now. */
export function draftOf(state: ConversationState, now: Date, isNew = false): Draft {
  return { state, now, isNew, events: [], jobs: [], sessions: [] };
}

/** An epoch for a log that begins. */
export function newEpoch(): string {
  return newId('e').slice(0, 10);
}

/** What a visitor's new conversation is before its first session opens. */
export function newConversation(
  scope: Pick<ConversationState, 'accountId' | 'inboxId' | 'visitorId'>,
  now: Date,
): ConversationState {
  return {
    ...scope,
    id: newId('con'),
    epoch: newEpoch(),
    head: 0,
    turnSeq: 0,
    status: 'open',
    labelIds: [],
    handler: null,
    candidates: { agentIds: [], teamIds: [] },
    collaborators: { agentIds: [], teamIds: [] },
    session: { id: '', number: 0, status: 'resolved', flow: null },
    run: { status: 'new', waitingAt: null, first: null, facts: {} },
    offered: null,
    humanWrote: false,
    visitorRead: 0,
    agentRead: 0,
    unread: 0,
    lastMessage: null,
    rating: null,
    createdAt: now,
    updatedAt: now,
  };
}
