/**
 * Time limits of a connection, in milliseconds. Without them a database that hangs would block the host. The
 * public types of the package include this file, so it must not import `pg`, whose types an application does
 * not have.
 */
export interface PostgresTimeouts {
  /** Maximum time of one statement, after which PostgreSQL cancels it. Default: 5,000. */
  statementMs: number;
  /** Maximum time to open a connection, and to wait for one from the pool. Default: 5,000. */
  connectMs: number;
}

export const defaultTimeouts: PostgresTimeouts = { statementMs: 5_000, connectMs: 5_000 };
