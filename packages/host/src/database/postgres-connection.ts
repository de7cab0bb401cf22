import { Client, DatabaseError, Pool, type ClientConfig, type QueryConfig } from 'pg';
import { defaultTimeouts, type PostgresTimeouts } from './postgres-timeouts.ts';
import { messageOf } from './unavailable.ts';

/** Time that PostgreSQL has to report its own timeout before the connection is closed. */
const ANSWER_MARGIN_MS = 1_000;
/** PostgreSQL ends a transaction that is idle for this long: a suspended process must not keep locks. */
const IDLE_TRANSACTION_MS = 10_000;

/** Receives errors of a connection outside of a query. */
export type ReportError = (error: Error) => void;

/**
 * Creates the pool that operations run on. Each of its connections has time limits and a listener for `error`
 * during its whole life, checked out or idle: `pg` emits `error` when the server ends a connection, and an
 * `error` event without a listener ends the process.
 */
export function createPool(
  url: string,
  { max, timeouts, report }: { max: number; timeouts: PostgresTimeouts; report: ReportError },
): Pool {
  const { statementMs, connectMs } = timeouts;
  const pool = new Pool({
    ...baseConfig(url, connectMs),
    max,
    statement_timeout: statementMs,
    query_timeout: statementMs + ANSWER_MARGIN_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
  });
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}

/**
 * Creates a single connection, not connected yet, with a listener for `error`. `queryMs` limits each query;
 * without it a statement may take as long as it needs (migrations, export).
 */
export function createConnection(
  url: string,
  { connectMs = defaultTimeouts.connectMs, queryMs, report }: ConnectionOptions,
): Client {
  const client = new Client({
    ...baseConfig(url, connectMs),
    ...(queryMs !== undefined && { query_timeout: queryMs }),
  });
  client.on('error', report);
  return client;
}

export interface ConnectionOptions {
  connectMs?: number;
  queryMs?: number;
  report: ReportError;
}

function baseConfig(url: string, connectMs: number): ClientConfig {
  return { connectionString: url, connectionTimeoutMillis: connectMs, keepAlive: true };
}

/** Reason why PostgreSQL did not run a call. The call itself is not wrong. */
export class ConnectionFault extends Error {
  /** `lost`: the connection ended, a new one can succeed. `timeout`: it hangs or takes too long. */
  readonly kind: 'lost' | 'timeout';

  constructor(kind: 'lost' | 'timeout', cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = 'ConnectionFault';
    this.kind = kind;
  }
}

/** SQLSTATE codes after which a new connection can succeed: shutdown, failover, too many connections. */
const LOST = /^(?:08|57P|25P03|25006|53300)/;
/** SQLSTATE codes of an overloaded server: statement timeout, lock timeout, full disk, memory. */
const BUSY = /^(?:57014|55P03|53)/;

/**
 * Returns `error` as a `ConnectionFault` when it means that the database is unavailable or overloaded,
 * otherwise unchanged. Errors of `pg` itself have no SQLSTATE and always concern the connection, except for
 * values that it cannot serialise.
 */
export function toConnectionFault(error: unknown): unknown {
  if (error instanceof ConnectionFault || error instanceof TypeError || error instanceof RangeError)
    return error;
  if (error instanceof DatabaseError) {
    const { code = '' } = error;
    if (LOST.test(code)) return new ConnectionFault('lost', error);
    return BUSY.test(code) ? new ConnectionFault('timeout', error) : error;
  }
  const isTimeout = /time-?out/i.test(error instanceof Error ? error.message : '');
  return new ConnectionFault(isTimeout ? 'timeout' : 'lost', error);
}

/** Object that runs one statement, such as a connection of `pg`. */
export interface Queryable {
  query(config: QueryConfig): Promise<{ rows: unknown[] }>;
}

/** Runs one statement and returns its rows. Throws `ConnectionFault` when the database is unavailable. */
export async function queryRows<Row>(client: Queryable, config: QueryConfig): Promise<Row[]> {
  try {
    return (await client.query(config)).rows as Row[];
  } catch (error) {
    throw toConnectionFault(error);
  }
}

/** Returns the address of a database without its password, for messages. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
