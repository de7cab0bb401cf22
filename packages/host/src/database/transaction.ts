import type { FlowCache } from '../operations/flow-cache.ts';
import type { Notice } from './notice.ts';

/** What an operation works with: one open transaction and the values that it must not fetch for itself. */
export interface Transaction {
  /**
   * Runs one statement. Give JSON as text with a `::jsonb` cast and lists as arrays with a `::text[]` cast:
   * PGlite and PostgreSQL then agree. Times come back as `Date`, JSON parsed.
   */
  query<Row>(text: string, params?: unknown[]): Promise<Row[]>;
  /** When the host received the call. Everything in one operation happens at this moment. */
  readonly now: Date;
  /** Tells streams and workers of every process, after the commit and only then. */
  notify(notice: Notice): void;
  /** Flows compiled before, shared by all operations on this database. */
  readonly flows: FlowCache;
}

/** Runs `query` and gives its one row, or undefined when there is none. */
export async function one<Row>(
  tx: Transaction,
  text: string,
  params: unknown[] = [],
): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(text, params);
  return row;
}
