import type { Attachment, FlowPin, Message, ConversationEvent, TurnResult } from '@alur/protocol';
import type { Effect, VisitorInput } from '@alur/flow';
import type { ConversationState, Draft } from './conversation-state.ts';
import type { Directory, DirectoryIds } from './directory.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Inbox } from './inboxes.ts';
import type { Contact } from './used-time.ts';

/**
 * What the operations on one visitor and one conversation ask of the place that keeps everything: one method
 * a statement, and nothing is decided behind it. `sqlRecords` answers from a database; the simulation answers
 * from memory, under the very same operations. All of it happens in one transaction.
 */
export interface Records extends VisitorRecords, ConversationRecords, InboxRecords {
  /** When the host received the call. Everything in one operation happens at this moment. */
  readonly now: Date;
  /** Flows compiled before, shared by all operations. */
  readonly flows: FlowCache;
}

/** Who asks, and for which inbox. */
export interface VisitorScope {
  visitorId: string;
  inboxId: string;
}

/** A visitor as it is kept; the names are those of its columns. */
export interface VisitorRow {
  id: string;
  account_id: string;
  inbox_id: string;
  subject: string | null;
  verified: boolean;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** Claims of pages. */
  attributes: Record<string, string>;
  /** What the newest identity token states; wins over claims. */
  token_attributes: Record<string, string>;
  contact_at: Date;
  contact_before: Date;
}

/** What agents are told of a visitor. */
export type VisitorCard = Pick<
  VisitorRow,
  'id' | 'verified' | 'name' | 'email' | 'phone' | 'attributes' | 'token_attributes'
> & {
  /** The visitor had everything erased. */
  erased?: boolean;
};

/** What is known of a visitor and may change. */
export type VisitorDetails = Pick<VisitorRow, 'name' | 'email' | 'phone' | 'attributes'>;

/** A refresh token, by its hash, with the visitor it stands for. */
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
   * Adds a visitor without claimed attributes, in touch now. When the inbox has this subject already,
   * replaces the name, email, phone and token attributes. Returns the id.
   */
  addVisitor(visitor: Omit<VisitorRow, 'attributes' | 'contact_at' | 'contact_before'>): Promise<string>;
  /** Locks a token of a visitor of this inbox until the transaction ends. */
  lockToken(hash: string, inboxId: string): Promise<KnownToken | undefined>;
  /** When a token was last traded; null when it was not, undefined when there is none. */
  findTokenUse(hash: string): Promise<Date | null | undefined>;
  addToken(token: { hash: string; family: string; visitorId: string; expiresAt: Date }): Promise<void>;
  /** Notes that a token is traded now. */
  setTokenUsed(hash: string): Promise<void>;
  /** Deletes the tokens of a family; streams that were opened with it end after the commit. */
  deleteTokens(family: string): Promise<void>;
  /** Those of these families that have no token left. */
  findRevokedFamilies(families: readonly string[]): Promise<string[]>;
  /** What is told of those of these files that the visitor has uploaded, in any order. */
  findAttachments(visitorId: string, ids: readonly string[]): Promise<Attachment[]>;
  /** Lets everybody who reads the conversation read these files. */
  shareAttachments(conversationId: string, ids: readonly string[]): Promise<void>;
}

/** What is kept of an input that was taken. */
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
  /** Offset in minutes of each time zone that a test of this turn read, by name; null when no test did. */
  zoneOffsets: Record<string, number> | null;
  result: TurnResult;
}

export interface ConversationRecords {
  /** The visitor's conversation, locked until the transaction ends; undefined before the first turn. */
  lockVisitorConversation(visitorId: string): Promise<Draft | undefined>;
  /** A conversation of this account, locked until the transaction ends. Throws `not_found`. */
  lockConversation(accountId: string, conversationId: string): Promise<Draft>;
  /** The visitor's conversation as it stands. */
  findConversation(scope: VisitorScope): Promise<ConversationState | undefined>;
  /** A conversation of this account as it stands, with its visitor. */
  findConversationOf(
    accountId: string,
    conversationId: string,
  ): Promise<{ state: ConversationState; visitor: VisitorCard } | undefined>;
  /** Writes a draft: row, events, sessions and jobs, and tells the streams once it is committed. */
  saveConversation(draft: Draft): Promise<void>;
  /** The number of a session of this conversation, or null when it never had one of this id. */
  sessionNumber(conversationId: string, sessionId: string): Promise<number | null>;
  /** What stands under an input's id: the turn that was taken, and whether there is a message. */
  findInput(
    conversationId: string,
    id: string,
  ): Promise<{ turn: Pick<TurnRow, 'inputHash' | 'result'> | null; isMessage: boolean }>;
  addTurn(turn: TurnRow): Promise<void>;
  /**
   * Adds a visitor's request about a session, unless there is one under this id: then gives the hash of that
   * one, and null when it was added.
   */
  addRequest(conversationId: string, id: string, hash: string): Promise<string | null>;
  findMessage(conversationId: string, id: string): Promise<Message | undefined>;
  /** Messages before log number `before`, the newest first. */
  listMessages(conversationId: string, before: number, limit: number): Promise<Message[]>;
  /** How many messages of others than the visitor come after log number `after`. */
  countUnread(conversationId: string, after: number): Promise<number>;
  /** Events after log number `after` up to `upTo`, of all types or of `types`, in order. */
  listEvents(
    conversationId: string,
    range: { after: number; upTo: number; types: readonly string[] | null; limit: number },
  ): Promise<ConversationEvent[]>;
}

/** From when until when a version was given to new sessions; `until` is null while it is. */
export interface Serving {
  from: Date;
  until: Date | null;
}

export interface InboxRecords {
  findInboxById(inboxId: string): Promise<Inbox | undefined>;
  /** The version that new sessions of the inbox take; null when it has none. */
  servedNow(inboxId: string): Promise<FlowPin | null>;
  /** The newest times at which the inbox gave this version to new sessions. */
  listServings(inboxId: string, pin: FlowPin): Promise<Serving[]>;
  flowDocument(accountId: string, pin: FlowPin): Promise<unknown>;
  /** Ids of one account that exist; members of the named teams come with them. */
  lookUp(accountId: string, ids: DirectoryIds): Promise<Directory>;
  /** How many conversations that are not resolved each of these agents handles. */
  openLoad(accountId: string, agentIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
