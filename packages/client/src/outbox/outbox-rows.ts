import type { EndSession, RateSession, Turn } from '@alur/protocol';

/** A queued turn. Each attempt adds the turn number and the time of sending. */
export type QueuedTurn = Omit<Turn, 'seq' | 'sentAt'>;

/** Work that a visitor's entry sends to the host. */
export type VisitorWork =
  | { kind: 'turn'; turn: QueuedTurn }
  /** Read mark: the visitor has seen everything up to this log number. A newer one replaces an older one. */
  | { kind: 'read'; upTo: number }
  /**
   * Rating of a session. A newer one of the same session replaces an older one. Sent under the entry's id.
   */
  | { kind: 'rating'; note: Omit<RateSession, 'id'> }
  /** The visitor ends a session. Sent under the entry's id. */
  | { kind: 'end'; note: Omit<EndSession, 'id'> };

/** Visitor work other than turns. */
export type VisitorNote = Exclude<VisitorWork, { kind: 'turn' }>;

/** A human agent's reply in one conversation. Sent under the entry's id. */
export interface ReplyWork {
  kind: 'reply';
  conversationId: string;
  text: string;
}

/** Work that an entry sends to the host. */
export type OutboxWork = VisitorWork | ReplyWork;

/** Reason why an entry failed. */
export interface OutboxFault {
  code: string;
  message: string;
  status?: number | undefined;
}

/**
 * One entry of the outbox. `sending` exists in memory only: after a crash the row has the state `queued` and
 * is sent again under the same id.
 */
export type OutboxEntry<Work extends OutboxWork = OutboxWork> = Work & {
  /** Id of the turn, or an id created for the entry. Never changes. */
  id: string;
  /** Position in the queue, assigned by the storage. */
  order: number;
  state: 'queued' | 'sending' | 'failed';
  /** Device time when it was queued, in milliseconds. */
  queuedAt: number;
  /** Number of failed attempts. */
  attempts: number;
  /** Device time before which it is not tried again, in milliseconds. */
  notBefore: number;
  /**
   * Length of that wait when it began, in milliseconds. It is the maximum, even if the device's clock
   * changes.
   */
  waitMs: number;
  /** Whether the host requested the wait. If so, it is never shortened. */
  heldByHost?: boolean | undefined;
  /** Set when `failed`. */
  fault?: OutboxFault;
};

/** Storage of rows. Each method is one transaction. */
export interface OutboxRows {
  /** Returns every row, oldest first. */
  all(): Promise<OutboxEntry[]>;
  /** Adds a row at the end. Returns its position. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<number>;
  /** Replaces a row. Does nothing if the row was deleted. */
  put(entry: OutboxEntry): Promise<void>;
  delete(order: number): Promise<void>;
}
