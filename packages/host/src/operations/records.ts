import type { HostKinds } from '../kinds/custom-kinds.ts';
import type { Attachment, FlowPin, Message, ConversationEvent, TurnResult } from '@alur/protocol';
import type { Effect, VisitorInput } from '@alur/flow';
import type { ConversationState, ConversationChange } from './conversation-state.ts';
import type { Directory, DirectoryIds } from './directory.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Inbox } from './inboxes.ts';
import type { Contact } from './effective-time.ts';

/**
 * Storage for the operations on one visitor and one conversation: one method per statement, without business
 * logic. `sqlRecords` uses a database, and the simulation uses memory with the same operations. All calls of
 * an operation run in one transaction.
 */
export interface Records extends VisitorRecords, ConversationRecords, InboxRecords {
  /** Time at which the host received the request. It does not change during an operation. */
  readonly now: Date;
  /** Compiled flows, shared by all operations. */
  readonly flows: FlowCache;
  /** Kinds of cards and tests that this host knows. */
  readonly kinds: HostKinds;
}

/** Visitor and inbox of a request. */
export interface VisitorScope {
  visitorId: string;
  inboxId: string;
}

/** An inbox, and its account for the queue of the database. */
export interface InboxScope {
  inboxId: string;
  accountId?: string;
}

/** Caller whose ids are not verified yet, for the queue of the database. */
export interface UnverifiedCaller {
  address?: string;
}

/** Stored visitor. The names are those of the columns. */
export interface VisitorRow {
  id: string;
  account_id: string;
  inbox_id: string;
  subject: string | null;
  verified: boolean;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** Attributes that pages claimed. */
  attributes: Record<string, string>;
  /** Attributes in the newest identity token. They override claims. */
  token_attributes: Record<string, string>;
  contact_at: Date;
  contact_before: Date;
}

/** Details of a visitor that agents see. */
export type VisitorCard = Pick<
  VisitorRow,
  'id' | 'verified' | 'name' | 'email' | 'phone' | 'attributes' | 'token_attributes'
> & {
  /** Whether the visitor was erased. */
  erased?: boolean;
};

/** Details of a visitor that may change. */
export type VisitorDetails = Pick<VisitorRow, 'name' | 'email' | 'phone' | 'attributes'>;

/** Stored refresh token, by its hash, with its visitor. */
export interface KnownToken {
  family: string;
  usedAt: Date | null;
  expiresAt: Date;
  visitor: VisitorRow;
}

export interface VisitorRecords {
  /** Locks the visitor of this inbox until the transaction ends. */
  lockVisitor(scope: VisitorScope): Promise<{ visitor: VisitorRow; inbox: Inbox } | undefined>;
  findContact(scope: VisitorScope): Promise<Contact | undefined>;
  setContact(visitorId: string, contact: Contact): Promise<void>;
  setVisitorDetails(visitorId: string, details: VisitorDetails): Promise<void>;
  /**
   * Adds a visitor without claimed attributes, with the current time as last contact. When the inbox has this
   * subject already, replaces the name, email, phone and token attributes. Returns the id.
   */
  addVisitor(visitor: Omit<VisitorRow, 'attributes' | 'contact_at' | 'contact_before'>): Promise<string>;
  /** Locks a token of a visitor of this inbox until the transaction ends. */
  lockToken(hash: string, inboxId: string): Promise<KnownToken | undefined>;
  /** Returns when a token was last exchanged. Null: not yet. Undefined: there is no such token. */
  findTokenUse(hash: string): Promise<Date | null | undefined>;
  addToken(token: { hash: string; family: string; visitorId: string; expiresAt: Date }): Promise<void>;
  /** Records that a token is exchanged now. */
  setTokenUsed(hash: string): Promise<void>;
  /** Deletes the tokens of a family. Streams that were opened with it end after the commit. */
  deleteTokens(family: string): Promise<void>;
  /** Returns those of these families that have no token left. */
  findRevokedFamilies(families: readonly string[]): Promise<string[]>;
  /** Returns those of these files that the visitor has uploaded, in any order. */
  findAttachments(visitorId: string, ids: readonly string[]): Promise<Attachment[]>;
  /** Gives all readers of the conversation access to these files. */
  shareAttachments(conversationId: string, ids: readonly string[]): Promise<void>;
}

/** Stored turn with its result. */
export interface TurnRow {
  conversationId: string;
  id: string;
  seq: number;
  sessionId: string;
  input: VisitorInput;
  inputHash: string;
  usedAt: Date;
  effects: Effect[];
  /** Revision of the engine that ran the turn. */
  engineRevision: number;
  /**
   * Offset from UTC in minutes of each time zone that a test of this turn read, by name. Null when no test
   * did.
   */
  zoneOffsets: Record<string, number> | null;
  result: TurnResult;
}

export interface ConversationRecords {
  /** Locks the visitor's conversation until the transaction ends. Returns undefined before the first turn. */
  lockVisitorConversation(visitorId: string): Promise<ConversationChange | undefined>;
  /** Locks a conversation of this account until the transaction ends. Throws `not_found`. */
  lockConversation(accountId: string, conversationId: string): Promise<ConversationChange>;
  /** Returns the visitor's conversation without a lock. */
  findConversation(scope: VisitorScope): Promise<ConversationState | undefined>;
  /** Returns a conversation of this account, with its visitor, without a lock. */
  findConversationOf(
    accountId: string,
    conversationId: string,
  ): Promise<{ state: ConversationState; visitor: VisitorCard } | undefined>;
  /** Writes a conversation change: row, events, sessions and jobs. Notifies the streams after the commit. */
  saveConversation(change: ConversationChange): Promise<void>;
  /**
   * Returns the number of a session of this conversation, or null when it never had a session with this id.
   */
  sessionNumber(conversationId: string, sessionId: string): Promise<number | null>;
  /** Returns the record under an input's id: the accepted turn, and whether there is a message. */
  findInput(
    conversationId: string,
    id: string,
  ): Promise<{ turn: Pick<TurnRow, 'inputHash' | 'result'> | null; isMessage: boolean }>;
  addTurn(turn: TurnRow): Promise<void>;
  /**
   * Adds a visitor's request about a session and returns null. When there is a request under this id already,
   * returns its hash instead.
   */
  addRequest(conversationId: string, id: string, hash: string): Promise<string | null>;
  findMessage(conversationId: string, id: string): Promise<Message | undefined>;
  /** Lists messages before log number `before`, the newest first. */
  listMessages(conversationId: string, before: number, limit: number): Promise<Message[]>;
  /** Counts the messages after log number `after` that the visitor did not write. */
  countUnread(conversationId: string, after: number): Promise<number>;
  /** Lists events after log number `after` up to `upTo`, of all types or of `types`, in order. */
  listEvents(
    conversationId: string,
    range: { after: number; upTo: number; types: readonly string[] | null; limit: number },
  ): Promise<ConversationEvent[]>;
}

/** Period in which a version was given to new sessions. `until` is null while it lasts. */
export interface Serving {
  from: Date;
  until: Date | null;
}

export interface InboxRecords {
  findInboxById(inboxId: string): Promise<Inbox | undefined>;
  /** Returns the version for new sessions of the inbox. Null when it has none. */
  servedNow(inboxId: string): Promise<FlowPin | null>;
  /** Lists the newest periods in which the inbox gave this version to new sessions. */
  listServings(inboxId: string, pin: FlowPin): Promise<Serving[]>;
  flowDocument(accountId: string, pin: FlowPin): Promise<unknown>;
  /** Looks up ids of one account. Returns those that exist, with the members of the named teams. */
  lookUp(accountId: string, ids: DirectoryIds): Promise<Directory>;
  /** Counts the unresolved conversations that each of these agents handles. */
  openLoad(accountId: string, agentIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
