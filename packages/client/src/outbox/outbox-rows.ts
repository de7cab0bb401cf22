import type { EndSession, RateSession, Turn } from '@alur/protocol';

/** A turn as it is queued: its number and the time of sending are added with each attempt. */
export type QueuedTurn = Omit<Turn, 'seq' | 'sentAt'>;

/** What a visitor's entry asks the host to take. */
export type VisitorWork =
  | { kind: 'turn'; turn: QueuedTurn }
  /** "Seen up to this log number." A newer one replaces an older one. */
  | { kind: 'read'; upTo: number }
  /** How a session was. A newer one of the same session replaces an older one. Sent under the entry's id. */
  | { kind: 'rating'; note: Omit<RateSession, 'id'> }
  /** The visitor ends a session. Sent under the entry's id. */
  | { kind: 'end'; note: Omit<EndSession, 'id'> };

/** What of it is no turn. */
export type VisitorNote = Exclude<VisitorWork, { kind: 'turn' }>;

/** A human agent's reply in one conversation. Sent under the entry's id. */
export interface ReplyWork {
  kind: 'reply';
  conversationId: string;
  text: string;
}

/** What an entry asks the host to take. */
export type OutboxWork = VisitorWork | ReplyWork;

/** Why an entry was set aside. */
export interface OutboxFault {
  code: string;
  message: string;
  status?: number | undefined;
}

/**
 * One entry of the outbox. `sending` is only ever in memory: after a crash the row says `queued`, and is sent
 * again under the same id.
 */
export type OutboxEntry<Work extends OutboxWork = OutboxWork> = Work & {
  /** The turn's id, or one made for the entry. Never changes, whatever happens to the entry. */
  id: string;
  /** Position in the queue, given by the storage. */
  order: number;
  state: 'queued' | 'sending' | 'failed';
  /** The device's clock when it was queued, in milliseconds. */
  queuedAt: number;
  /** Attempts that failed. */
  attempts: number;
  /** The device's clock before which it is not tried again. */
  notBefore: number;
  /**
   * How long that wait was when it began, in milliseconds: it is never longer, whatever becomes of the
   * device's clock.
   */
  waitMs: number;
  /** Whether the host itself asked for that wait; then nothing cuts it short. */
  heldByHost?: boolean | undefined;
  /** Set when `failed`. */
  fault?: OutboxFault;
};

/** Where rows are kept. Each method is one transaction. */
export interface OutboxRows {
  /** Every row, oldest first. */
  all(): Promise<OutboxEntry[]>;
  /** Adds a row at the end and gives its position. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<number>;
  /** Replaces a row. A row that is gone stays gone. */
  put(entry: OutboxEntry): Promise<void>;
  delete(order: number): Promise<void>;
}
