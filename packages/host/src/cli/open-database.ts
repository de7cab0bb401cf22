import type { Database } from '../database/database.ts';
import { openPGlite } from '../database/pglite-database.ts';
import { openPostgres } from '../database/postgres-database.ts';
import type { Settings } from './options.ts';

const quiet = { info() {}, warn: console.warn, error: console.error };

/** Opens the database of a command that is not `serve`. Rejects when a host has the folder. */
export function openDatabase({
  database,
  data,
  connections,
  statementTimeout,
  connectTimeout,
}: Settings): Promise<Database> {
  if (database === null) return openPGlite({ dataDir: data, clock: Date.now, logger: quiet });
  const timeouts = { statementMs: statementTimeout, connectMs: connectTimeout };
  return openPostgres({ url: database, clock: Date.now, logger: quiet, connections, timeouts });
}
