import type { HostKinds } from '../kinds/custom-kinds.ts';
import type { FlowCache } from '../operations/flow-cache.ts';
import type { HostEvent } from './host-event.ts';

/** Context of an operation: one open transaction, and values that the operation must not read by itself. */
export interface Transaction {
  /**
   * Runs one statement. Pass JSON as text with a `::jsonb` cast and lists as arrays with a `::text[]` cast,
   * so that PGlite and PostgreSQL behave the same. Returns times as `Date` and JSON parsed.
   */
  query<Row>(text: string, params?: unknown[]): Promise<Row[]>;
  /** Time at which the host received the call. Everything in one operation happens at this time. */
  readonly now: Date;
  /** Sends a host event to streams and workers of every process after the commit. A rollback discards it. */
  notify(hostEvent: HostEvent): void;
  /** Cache of compiled flows, shared by all operations on this database. */
  readonly flows: FlowCache;
  /** Whether a write fails, because the disk is full. Default: false. */
  readonly isReadOnly?: boolean;
  /** Kinds of cards and tests that this host knows. */
  readonly kinds: HostKinds;
}

/** Runs `query` and returns its only row, or undefined when there is none. */
export async function queryOne<Row>(
  tx: Transaction,
  text: string,
  params: unknown[] = [],
): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(text, params);
  return row;
}
