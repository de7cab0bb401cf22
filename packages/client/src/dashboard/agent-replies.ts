import type { OutboxEntry, OutboxFault } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import type { DashboardClient } from './create-dashboard-client.ts';

/** A reply on its way to the host, in the order in which the agent sent them. */
export interface AgentReply {
  /** The id of the message it becomes. */
  id: string;
  conversationId: string;
  text: string;
  /** The device's clock when it was sent, in milliseconds since 1970. */
  queuedAt: number;
  /**
   * - `sending`: on its way;
   * - `waiting`: an attempt failed and is repeated automatically;
   * - `failed`: the host refused it for good (`fault`): retry, edit or discard it;
   * - `sent`: the host has it. It is listed until `noteShown` says that the conversation's log shows the
   *   message.
   */
  state: 'sending' | 'waiting' | 'failed' | 'sent';
  fault?: OutboxFault;
}

/** How to open an agent's replies. */
export interface AgentRepliesOptions {
  /** A client that is signed in as the agent. */
  client: Pick<DashboardClient, 'reply'>;
  /** The host's address; replies for different hosts are stored apart. */
  host: string;
  /**
   * The agent who writes. Each agent has a storage of their own; the host refuses a reply in another agent's
   * name.
   */
  agentId: string;
  /** Tells accounts apart whose agents may have equal ids. Default: `''`. */
  account?: string;
  /** Default: the browser's. */
  runtime?: Partial<Runtime>;
  /** Opens what is stored under a name. Default: IndexedDB, or memory where it is not available. */
  storage?: (name: string, onFallback: () => readonly OutboxEntry[]) => Promise<VisitorStorage>;
  /** Default: Web Locks where the page has them. */
  locks?: LockManager | undefined;
}

/**
 * An agent's drafts and replies, stored on the device for each conversation. Both survive a reload. Replies
 * are sent once and in order within their conversation; a conversation that waits holds up no other. Tabs of
 * the same agent share everything, and one of them sends.
 */
export interface AgentReplies {
  /** Replies of a conversation that its log may not show yet, oldest first. */
  repliesOf(conversationId: string): readonly AgentReply[];
  /** Conversations that hold a draft or a reply that the host does not have. */
  unfinished(): ReadonlySet<string>;
  /** The text that the agent has begun to write; `''` for none. */
  draftOf(conversationId: string): string;
  /** Stores the text that the agent is writing. */
  setDraft(conversationId: string, text: string): void;
  /** Turns the draft into a reply. Resolves when it is stored. A blank draft stays. */
  send(conversationId: string): Promise<void>;
  /** Sends a failed reply again, under its id. */
  retry(reply: AgentReply): Promise<void>;
  /** Turns a failed reply back into the draft, before what the draft already holds. */
  edit(reply: AgentReply): Promise<void>;
  /** Deletes a failed reply. */
  discard(reply: AgentReply): Promise<void>;
  /** Tries waiting replies now. */
  retryNow(): void;
  /**
   * The log of a conversation shows these messages: forgets their replies, and drafts that became one of
   * them.
   */
  noteShown(conversationId: string, messageIds: ReadonlySet<string>): void;
  /** False when the device cannot store anything: what is not sent is gone with the page. */
  readonly durable: boolean;
  /** Calls `listener` on every change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** Stops sending and lets another tab take over. */
  close(): void;
}
