import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ENGINE_REVISION } from '@alur/flow';
import type { VisitorSession } from '@alur/protocol';
import { createHost } from '../create-host.ts';
import { importWorkspace } from '../import-workspace.ts';
import { onPostgres, withSchema } from '../testing/postgres-schema.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { exportToPostgres } from './export-to-postgres.ts';
import { openPostgres } from './postgres-database.ts';

const server = process.env['ALUR_TEST_POSTGRES_URL'];

test('the suite reports whether it ran on PostgreSQL', (t) => {
  t.diagnostic(
    server ? 'PostgreSQL: tested' : 'PostgreSQL: not tested; set ALUR_TEST_POSTGRES_URL to an empty database',
  );
});

if (server) {
  test('a migrated host has the conversations and accepts the visitors’ tokens', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'alur-move-'));
    const schema = `move_${process.pid}`;
    const url = await withSchema(server, schema);
    t.after(async () => {
      await onPostgres(server, `drop schema ${schema} cascade`);
      await rm(folder, { recursive: true });
    });
    const old = await createHost({ dataDir: folder });
    await importWorkspace(old, workspaceOf('move'));
    const json = (body: object, token = '') => ({
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const begun = await old.app.request('/v1/widget/inb_move/visitors', json({}));
    const { token, refreshToken } = (await begun.json()) as VisitorSession;
    const input = { kind: 'message', id: 't1', at: '2026-11-22T00:00:00.000Z', text: 'halo' };
    await old.app.request(
      '/v1/widget/inb_move/turns',
      json({ id: 't1', session: 's', seq: 1, input }, token),
    );
    const file = Buffer.alloc(600_000, 'halo ');
    const kept = await old.app.request('/v1/widget/inb_move/attachments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream', Authorization: `Bearer ${token}` },
      body: file,
    });
    const { id } = (await kept.json()) as { id: string };
    const path = '/v1/widget/inb_move/conversation';
    const before = (await (
      await old.app.request(path, { headers: { Authorization: `Bearer ${token}` } })
    ).json()) as {
      cursor: string;
    };
    await old.close();

    const counts = await exportToPostgres(folder, url);
    assert.deepEqual(
      [counts['turns'], counts['flow_paths'], counts['attachments'], counts['attachment_chunks']],
      [1, 1, 1, 10],
    );
    assert.deepEqual(await onPostgres(url, 'select engine_revision from turns'), [
      { engine_revision: ENGINE_REVISION },
    ]);
    await assert.rejects(exportToPostgres(folder, url), /holds accounts already/);
    const next = await createHost({ postgresUrl: url });
    t.after(() => next.close());
    const after = await next.app.request(path, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(((await after.json()) as typeof before).cursor, before.cursor);
    const fetched = await next.app.request(`/v1/widget/inb_move/attachments/${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    assert.ok(file.equals(Buffer.from(await fetched.arrayBuffer())), 'files are the same to the byte');
    const renewed = await next.app.request('/v1/widget/inb_move/visitors/refresh', json({ refreshToken }));
    assert.equal(renewed.status, 200);
  });

  test('streams of one process receive the events that another process writes', async (t) => {
    const schema = `two_${process.pid}`;
    const url = await withSchema(server, schema);
    const [one, other] = [await createHost({ postgresUrl: url }), await createHost({ postgresUrl: url })];
    t.after(async () => {
      await Promise.all([one.close(), other.close()]);
      await onPostgres(server, `drop schema ${schema} cascade`);
    });
    await importWorkspace(one, workspaceOf('two'));
    const heard = new Promise<number>((resolve) => {
      other.database.listen((hostEvent) => hostEvent.kind === 'events' && resolve(hostEvent.to));
    });
    const { visitorId } = await one.database.run('createVisitor', {
      accountId: 'acc_two',
      inboxId: 'inb_two',
      identity: null,
    });
    const text = 'x'.repeat(4_000);
    const { cursor } = await one.database.run('submitTurn', {
      visitorId,
      inboxId: 'inb_two',
      turn: {
        id: 't1',
        session: 's',
        seq: 1,
        input: { kind: 'message', id: 't1', at: '2026-11-22T00:00:00.000Z', text },
      },
    });
    assert.equal(`${cursor.split('.')[0]}.${await heard}`, cursor);
  });

  test('a busy account delays another one only by its running operations', async (t) => {
    const schema = `fair_${process.pid}`;
    const url = await withSchema(server, schema);
    const logger = { info() {}, error() {} };
    const database = await openPostgres({ url, clock: Date.now, logger, connections: 2 });
    t.after(async () => {
      await database.close();
      await onPostgres(server, `drop schema ${schema} cascade`);
    });
    const answered: string[] = [];
    const ask = async (accountId: string) => {
      await database.run('listLabels', { accountId, limit: 10 });
      answered.push(accountId);
    };
    const first = ask('acc_many');
    const many = Array.from({ length: 99 }, () => ask('acc_many'));
    await first;
    await ask('acc_other');
    assert.ok(answered.length < 20, `${answered.length} were answered by then`);
    await Promise.all(many);
  });
}
