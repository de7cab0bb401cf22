import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { leaseFolder } from './folder-lease.ts';
import { migrate } from './migrate.ts';
import { createConnection } from './postgres-connection.ts';

/** All tables, in an order in which referenced tables come first. @internal */
export const TABLES = [
  'settings',
  'accounts',
  'api_keys',
  'labels',
  'agents',
  'teams',
  'ai_agents',
  'flows',
  'flow_versions',
  'inboxes',
  'served_versions',
  'visitors',
  'refresh_tokens',
  'conversations',
  'sessions',
  'turns',
  'events',
  'visitor_requests',
  'attachments',
  'attachment_chunks',
  'attachment_usage',
  'flow_paths',
  'jobs',
];
const BATCH = 500;
/** Chunks of files are large, so a batch has only a few. */
const CHUNK_BATCH = 8;

/**
 * Copies everything from a PGlite folder into an empty PostgreSQL database in one transaction. Returns the
 * number of rows by table. Locks the folder while reading, and does not change it. Throws when the target
 * already has accounts.
 */
export async function exportToPostgres(dataDir: string, url: string): Promise<Record<string, number>> {
  const folder = resolve(dataDir);
  const lease = await leaseFolder(folder);
  const target = createConnection(url, { report: () => {} });
  let source: PGlite | null = null;
  try {
    source = await PGlite.create(join(folder, 'pglite'));
    await target.connect();
    const to = {
      exec: (text: string) => target.query(text),
      query: async <Row>(text: string, params?: unknown[]) =>
        (await target.query(text, params)).rows as Row[],
    };
    // Migrate a folder of an older version first, so that both sides have the same tables.
    const from = source;
    await migrate({
      exec: (text) => from.exec(text),
      query: async <Row>(text: string, params?: unknown[]) => (await from.query<Row>(text, params)).rows,
    });
    await migrate(to);
    const [{ count } = { count: 0 }] = await to.query<{ count: number }>(
      'select count(*)::int as count from accounts',
    );
    if (count > 0) throw new Error('The PostgreSQL database holds accounts already. Give an empty one.');
    await to.exec('begin');
    // The migration may have created a new secret; the visitors' tokens are signed with the old one.
    await to.exec('delete from settings');
    const counts: Record<string, number> = {};
    for (const table of TABLES) counts[table] = await copy(from, to, table);
    await to.exec(
      `select setval(pg_get_serial_sequence('jobs', 'position'), (select coalesce(max(position), 0) + 1 from jobs))`,
    );
    await to.exec('commit');
    return counts;
  } finally {
    await target.end();
    await source?.close();
    lease.release();
  }
}

async function copy(
  from: PGlite,
  to: { query<Row>(text: string, params?: unknown[]): Promise<Row[]> },
  table: string,
): Promise<number> {
  const batch = table === 'attachment_chunks' ? CHUNK_BATCH : BATCH;
  let count = 0;
  // Each batch starts after the last row of the previous one, so that no row is read twice or skipped.
  let after = '(0,0)';
  for (;;) {
    const { rows } = await from.query<{ place: string; row: string }>(
      `select t.ctid::text as place, row_to_json(t)::text as row from ${table} t
       where t.ctid > $1::tid order by t.ctid limit ${batch}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return count;
    after = last.place;
    await to.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
      [`[${rows.map(({ row }) => row).join(',')}]`],
    );
    count += rows.length;
  }
}
