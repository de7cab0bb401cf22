import type { OutboxEntry, OutboxFault } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import type { DashboardClient } from './dashboard-client.ts';

/** A reply in the outbox, in the order in which the agent sent the replies. */
export interface AgentReply {
  /** Id of its message. */
  id: string;
  conversationId: string;
  text: string;
  /** Device time when it was sent, in milliseconds since 1970. */
  queuedAt: number;
  /**
   * - `sending`: the request is in progress;
   * - `waiting`: an attempt failed and is repeated automatically;
   * - `failed`: the host refused it permanently (`fault`): retry, edit or discard it;
   * - `sent`: the host has it. It is listed until `noteShown` reports that the conversation's log shows the
   *   message.
   */
  state: 'sending' | 'waiting' | 'failed' | 'sent';
  fault?: OutboxFault;
}

/** How to open an agent's replies. */
export interface AgentRepliesOptions {
  /** Client that is signed in as the agent. */
  client: Pick<DashboardClient, 'reply'>;
  /** URL of the host. Replies for different hosts are stored separately. */
  host: string;
  /**
   * The agent who writes. Each agent has a separate storage. The host refuses a reply in another agent's
   * name.
   */
  agentId: string;
  /** Distinguishes accounts whose agents may have equal ids. Default: `''`. */
  account?: string;
  /** Default: the runtime of the browser. */
  runtime?: Partial<Runtime>;
  /** Opens the storage with a name. Default: IndexedDB, or memory where it is not available. */
  storage?: (name: string, onFallback: () => readonly OutboxEntry[]) => Promise<VisitorStorage>;
  /** Default: Web Locks where the page has them. */
  locks?: LockManager | undefined;
}

/**
 * An agent's drafts and replies, stored on the device for each conversation. Both survive a reload. Replies
 * are sent once and in order within their conversation; a waiting conversation does not block others. Tabs of
 * the same agent share everything, and one of them sends.
 */
export interface AgentReplies {
  /** Returns the replies that the log of a conversation may not show yet, oldest first. */
  repliesOf(conversationId: string): readonly AgentReply[];
  /** Returns the conversations that have a draft or a reply that the host does not have. */
  unfinished(): ReadonlySet<string>;
  /** Returns the draft text, `''` for none. */
  draftOf(conversationId: string): string;
  /** Stores the draft text. */
  setDraft(conversationId: string, text: string): void;
  /** Converts the draft to a reply. Resolves when it is stored. A blank draft is not sent. */
  send(conversationId: string): Promise<void>;
  /** Sends a failed reply again, under its id. */
  retry(reply: AgentReply): Promise<void>;
  /** Converts a failed reply back to draft text and puts it before the current draft. */
  edit(reply: AgentReply): Promise<void>;
  /** Deletes a failed reply. */
  discard(reply: AgentReply): Promise<void>;
  /** Tries waiting replies now. */
  retryNow(): void;
  /**
   * Reports that the log of a conversation shows these messages. Removes their replies, and drafts with their
   * ids.
   */
  noteShown(conversationId: string, messageIds: ReadonlySet<string>): void;
  /** Whether the device can store data. If not, unsent replies are lost with the page. */
  readonly durable: boolean;
  /** Calls `listener` on every change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** Stops sending, so that another tab can continue. */
  close(): void;
}
