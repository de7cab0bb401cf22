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

/** State of a conversation without its log. It is stored as one row. */
export interface ConversationState {
  id: string;
  accountId: string;
  inboxId: string;
  visitorId: string;
  /** Part of every cursor. A rebuilt log has another epoch, so that old cursors are detected. */
  epoch: string;
  /** Sequence number of the last event. */
  head: number;
  /** Number of the visitor's last acknowledged turn. */
  turnSeq: number;
  status: ConversationStatus;
  labelIds: string[];
  handler: StoredHandler | null;
  /** Candidates for the conversation: those of an `assign-human` end, or of an AI agent that hands over. */
  candidates: Collaborators;
  collaborators: Collaborators;
  session: { id: string; number: number; status: 'open' | 'resolved'; flow: FlowPin | null };
  run: FlowRun;
  /**
   * Id of the `buttons` card that this session showed last and that is not answered. It stays after the run
   * was cancelled.
   */
  offered: string | null;
  /** Whether a human agent wrote in this session. */
  humanWrote: boolean;
  visitorRead: number;
  agentRead: number;
  /** Number of visitor messages since the last agent or AI message. */
  unread: number;
  lastMessage: Message | null;
  /** The visitor's rating of the newest session that has one. */
  rating: StoredRating | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Assignee with the picture that visitors may see. */
export type StoredHandler = Handler & { avatarUrl?: string };

/** Rating with the number of its session, which distinguishes newer sessions from older ones. */
export type StoredRating = Rating & { sessionNumber: number };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** Event before it is added to the log. */
export type EventBody = DistributiveOmit<ConversationEvent, 'seq' | 'cursor' | 'at' | 'sessionId'>;

/** Work for the time after the commit, stored as a row until it is done. */
export type NewJob =
  | { kind: 'ai-reply'; id: string; payload: AiReplyPayload }
  | { kind: 'webhook'; id: string; payload: WebhookPayload };

export interface AiReplyPayload {
  sessionId: string;
  aiAgentId: string;
  /** Id of the visitor's message to answer. */
  messageId: string;
  /**
   * `handler`: the AI agent is the assignee. `last`: agents have the conversation, and the AI agent answers
   * the ending message once.
   */
  role: 'handler' | 'last';
}

export interface WebhookPayload {
  sessionId: string;
  cardId: string;
  turnId: string;
  url: string;
  /** Time at which the run reached the card. */
  at: string;
  /** Body to post, with the values of that time. Jobs of earlier releases have none. */
  body?: WebhookBody;
}

/** Visitor in the body of a webhook call. */
export interface WebhookVisitor {
  id: string;
  /** Whether an identity token states the subject, name, email and phone. */
  verified: boolean;
  /** The `sub` claim in the token of a verified visitor. */
  subject?: string;
  name?: string;
  email?: string;
  phone?: string;
  language?: string;
  /** Claims of the page. They are unverified, except those under the keys in `verifiedAttributes`. */
  attributes?: Record<string, string>;
  verifiedAttributes?: string[];
}

/** Body of a webhook call. */
export interface WebhookBody {
  id: string;
  type: 'flow.webhook';
  /** Version of the body's format: 1. */
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
 * Change of a conversation: the new state, and the rows to write with it. It is saved completely or not at
 * all.
 */
export interface ConversationChange {
  state: ConversationState;
  readonly now: Date;
  readonly isNew: boolean;
  readonly events: ConversationEvent[];
  readonly jobs: NewJob[];
  /** Session rows to write. */
  readonly sessions: { state: ConversationState['session']; run: FlowRun }[];
}

/** Creates the change of a conversation that was read or just created. */
export function beginChange(state: ConversationState, now: Date, isNew = false): ConversationChange {
  return { state, now, isNew, events: [], jobs: [], sessions: [] };
}

/** Returns an epoch for a new log. */
export function newEpoch(): string {
  return newId('e').slice(0, 10);
}

/** Returns the state of a visitor's new conversation before its first session opens. */
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
