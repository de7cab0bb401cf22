/**
 * Time limits of a connection, in milliseconds. Without them a database that hangs would hang the host. The
 * package's types reach this file and so it uses none of `pg`, whose types an application does not have.
 */
export interface PostgresTimeouts {
  /** Maximum time of one statement. PostgreSQL cancels it then. Default: 5,000. */
  statementMs: number;
  /** Maximum time to open a connection, and to wait for one of the pool. Default: 5,000. */
  connectMs: number;
}

export const defaultTimeouts: PostgresTimeouts = { statementMs: 5_000, connectMs: 5_000 };
