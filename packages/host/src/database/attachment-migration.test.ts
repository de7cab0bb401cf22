import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { onPostgres, withSchema } from '../testing/postgres-schema.ts';
import { migrate, type Connection } from './migrate.ts';
import { createConnection } from './postgres-connection.ts';

const server = process.env['ALUR_TEST_POSTGRES_URL'];
const folder = new URL('./migrations/', import.meta.url);

async function onPGlite(): Promise<Connection & { close(): Promise<void> }> {
  const database = await PGlite.create();
  return {
    exec: (text) => database.exec(text),
    query: async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows,
    close: () => database.close(),
  };
}

async function onServer(url: string): Promise<Connection & { close(): Promise<void> }> {
  const schema = `chunks_${process.pid}`;
  const client = createConnection(await withSchema(url, schema), { report: () => {} });
  await client.connect();
  return {
    exec: (text) => client.query(text),
    query: async <Row>(text: string, params?: unknown[]) => (await client.query(text, params)).rows as Row[],
    async close() {
      await client.end();
      await onPostgres(url, `drop schema ${schema} cascade`);
    },
  };
}

for (const [name, open] of [
  ['PGlite', onPGlite],
  ...(server ? [['PostgreSQL', () => onServer(server)] as const] : []),
] as const)
  test(`attachments of an earlier version are unchanged after the migration on ${name}`, async (t) => {
    const database = await open();
    t.after(() => database.close());
    await database.exec('create table migrations (name text primary key, run_at timestamptz not null)');
    for (const file of (await readdir(folder)).toSorted().filter((each) => each < '0014')) {
      await database.exec(await readFile(new URL(file, folder), 'utf8'));
      await database.query('insert into migrations values ($1, now())', [file]);
    }
    const [first, second] = [Buffer.alloc(600_000, 'abc').toString('hex'), '78'];
    await database.exec(`
      insert into accounts (id, name, signing_key, created_at) values ('acc', 'Toko', 's', now());
      insert into inboxes (id, account_id, name, type, agent_ids, team_ids, origins, appearance, identity_keys)
        values ('inb', 'acc', 'Chat', 'web-livechat', '{}', '{}', '{}', '{}', '{}');
      insert into visitors (id, account_id, inbox_id, verified, attributes, contact_at, contact_before, created_at)
        values ('vis', 'acc', 'inb', false, '{}', now(), now(), now());
      insert into conversations (id, account_id, inbox_id, visitor_id, epoch, head, turn_seq, status, label_ids,
          candidates, collaborator_agent_ids, collaborator_team_ids, session_id, session_number, session_status,
          run, human_wrote, visitor_read, agent_read, unread, created_at, updated_at)
        values ('con', 'acc', 'inb', 'vis', 'e', 0, 0, 'open', '{}', '{}', '{}', '{}', 's', 1, 'open', '{}',
          false, 0, 0, 0, now(), now());
      insert into attachments values
        ('att_1', 'acc', 'vis', null, '{"id":"att_1","name":"a.txt","type":"text/plain","size":600000}', '\\x${first}', now()),
        ('att_2', 'acc', 'vis', null, '{"id":"att_2","name":"b.txt","type":"text/plain","size":1}', '\\x${second}', now()),
        ('att_3', 'acc', 'vis', 'con', '{"id":"att_3","name":"c.png","type":"image/png","size":1}', '\\x${second}', now());`);
    await migrate(database);
    const files = await database.query<{ id: string; bytes: string; chunks: number }>(
      `select a.id, count(*)::int as chunks, string_agg(encode(c.bytes, 'hex'), '' order by c.position) as bytes
       from attachments a join attachment_chunks c on c.attachment_id = a.id and c.variant = 'original'
       where a.stored_at is not null and a.inbox_id = 'inb' group by a.id order by a.id`,
    );
    assert.deepEqual(files, [
      { id: 'att_1', chunks: 10, bytes: first },
      { id: 'att_2', chunks: 1, bytes: second },
      { id: 'att_3', chunks: 1, bytes: second },
    ]);
    assert.deepEqual(
      await database.query('select id from attachments where has_metadata'),
      [{ id: 'att_3' }],
      'images still have their metadata',
    );
    assert.deepEqual(
      await database.query(
        'select unused_bytes::int as unused, total_bytes::int as total from attachment_usage',
      ),
      [{ unused: 604_096, total: 608_192 }],
    );
    const [{ kept } = { kept: -1 }] = await database.query<{ kept: number }>(
      "select count(*)::int as kept from information_schema.tables where table_name = 'attachments_before'",
    );
    assert.equal(kept, 0);
  });
