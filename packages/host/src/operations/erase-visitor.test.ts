import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import type { ProblemDetails } from '@alur/protocol';
import { openPGlite } from '../database/pglite-database.ts';
import { signToken } from '../testing/sign-token.ts';
import { png } from '../testing/sample-files.ts';
import { templateFile } from '../testing/template-file.ts';
import {
  createClock,
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';

async function beginOn(host: TestHost) {
  const workspace = await host.workspace();
  const { inboxId, key } = workspace;
  const identityKey = [workspace.workspace.inboxes?.[0]?.identityKey ?? ''].flat()[0]!;
  const exp = Math.floor(host.clock() / 1000) + 600;
  const identity = signToken(
    { sub: 'ayu-42', name: 'Ayu Rahasia', email: 'ayu@rahasia.example', exp },
    identityKey,
  );
  const visitor = await createTestVisitor(host, inboxId, identity);
  const dashboard = createTestDashboard(host, key);
  const base = `/v1/widget/${inboxId}`;
  return {
    ...workspace,
    identity,
    visitor,
    dashboard,
    base,
    erase: () =>
      host.call<ProblemDetails | null>(`${base}/visitor`, { method: 'DELETE', token: visitor.token }),
    upload: async () => {
      const response = await host.host.app.request(`${base}/attachments`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${visitor.token}`,
          'Content-Type': 'application/octet-stream',
          'Alur-File-Name': 'rahasia.png',
        },
        body: png(),
      });
      return ((await response.json()) as { id: string }).id;
    },
  };
}

/** Creates a visitor with data in every table. */
async function busyOn(host: TestHost) {
  const all = await beginOn(host);
  const { visitor, dashboard, base, upload } = all;
  const [said] = [await upload(), await upload()];
  const turn = visitor.say('rahasia pertama', {
    facts: { visitor: { phone: '0812-rahasia', attributes: { plan: 'rahasia' } } },
  });
  await visitor.turn({ ...turn, input: { ...turn.input, attachments: [{ id: said }] } as never });
  await visitor.press('ask', 'other');
  const { id } = await dashboard.conversationOf(visitor.visitorId);
  await dashboard.reply(id, 'jawaban rahasia');
  const session = (await visitor.snapshot()).session!.id;
  await host.call(`${base}/rating`, {
    token: visitor.token,
    body: { id: 'r1', session, score: 2, comment: 'rahasia' },
  });
  return { ...all, conversationId: id, said };
}

for (const database of databases) {
  describe(`erasing a visitor on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    const begin = () => beginOn(host);
    const busy = () => busyOn(host);

    test('no data of the visitor remains in any API response', async () => {
      const { erase, visitor, dashboard, conversationId, key, said } = await busy();
      const { labelIds, handler } = await dashboard.send<{ labelIds: string[]; handler: object }>(
        `/v1/conversations/${conversationId}`,
      );
      assert.equal((await erase()).status, 204);
      const emptied = await dashboard.send<Record<string, never>>(`/v1/conversations/${conversationId}`);
      const log = await dashboard.log(conversationId);
      const all = JSON.stringify([emptied, log, await dashboard.send('/v1/conversations')]);
      assert.doesNotMatch(all, /rahasia|ayu|0812/i);
      assert.ok(!all.includes(visitor.visitorId), 'not even the id that others may have kept');
      assert.deepEqual(
        log.map(({ type }) => type),
        ['erased', 'status'],
      );
      const { status, session, run, lastMessage, rating, unread } = emptied as never as Record<
        string,
        { status?: string }
      >;
      assert.deepEqual(
        [status, session?.status, run?.status, lastMessage, rating, unread],
        ['resolved', 'resolved', 'ended', null, undefined, 0],
      );
      assert.deepEqual((emptied as never as { visitor: object }).visitor, {
        ...(emptied as never as { visitor: object }).visitor,
        verified: false,
        attributes: {},
        erased: true,
      });
      assert.deepEqual(
        [emptied['labelIds'], emptied['handler']],
        [labelIds, handler],
        'what the account made of it stays',
      );
      const file = await host.call(`/v1/conversations/${conversationId}/attachments/${said}`, { token: key });
      assert.equal(file.status, 404);
    });

    test('the visitor’s tokens are rejected, and erasing again is not an error', async () => {
      const { erase, visitor, base, said } = await busy();
      const { token, refreshToken } = visitor;
      await erase();
      const turn = visitor.say('lagi');
      for (const [path, body] of [
        ['conversation'],
        ['events'],
        ['events?after=x.1'],
        ['transcript'],
        [`attachments/${said}`],
        ['turns', turn],
        ['read', { seq: 1 }],
        ['rating', { id: 'r', session: 's', score: 1 }],
        ['end', { id: 'e', session: 's' }],
      ] as const) {
        const answer = await host.call<ProblemDetails>(`${base}/${path}`, { token, ...(body && { body }) });
        assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated'], path);
      }
      assert.equal((await host.call(`${base}/typing`, { method: 'POST', token })).status, 401);
      assert.equal((await host.call(`${base}/visitors/refresh`, { body: { refreshToken } })).status, 401);
      assert.equal((await erase()).status, 204);
    });

    test('the same user starts as a new visitor', async () => {
      const { erase, visitor, inboxId, identity, dashboard } = await busy();
      await erase();
      const again = await createTestVisitor(host, inboxId, identity);
      assert.notEqual(again.visitorId, visitor.visitorId);
      assert.deepEqual((await again.snapshot()).messages, []);
      await again.message('halo');
      const { items } = await dashboard.send<{ items: { visitor: { erased?: boolean } }[] }>(
        '/v1/conversations',
      );
      assert.deepEqual(items.map(({ visitor: { erased = false } }) => erased).toSorted(), [false, true]);
    });

    test('agents see the erasure: numbers continue, and old cursors are detected', async () => {
      const { erase, dashboard, conversationId, key } = await busy();
      const before = await dashboard.log(conversationId);
      await erase();
      const path = `/v1/conversations/${conversationId}`;
      const late = await host.call<ProblemDetails>(`${path}/events?after=${before.at(-1)?.cursor}`, {
        token: key,
      });
      assert.deepEqual([late.status, late.body.code], [410, 'cursor_expired']);
      const [first] = await dashboard.log(conversationId);
      assert.deepEqual([first?.type, first?.seq], ['erased', (before.at(-1)?.seq ?? 0) + 1]);
      for (const [action, body] of [
        ['messages', { id: 'r9', text: 'halo?', agentId: 'agt_budi' }],
        ['assign', { kind: 'nobody' }],
      ] as const) {
        const answer = await host.call<ProblemDetails>(`${path}/${action}`, { token: key, body });
        assert.deepEqual([answer.status, answer.body.code], [409, 'conversation_resolved']);
      }
    });

    test('erasing a visitor without a conversation removes it, and affects no other visitor', async () => {
      const { erase, visitor, dashboard, inboxId, upload } = await begin();
      const other = await createTestVisitor(host, inboxId);
      await other.message('punya orang lain');
      await upload();
      assert.equal((await erase()).status, 204);
      assert.deepEqual((await other.snapshot()).messages[0]?.text, 'punya orang lain');
      const { items } = await dashboard.send<{ items: { visitor: { id: string } }[] }>('/v1/conversations');
      assert.deepEqual(
        items.map((item) => item.visitor.id),
        [other.visitorId],
      );
      assert.notEqual(items[0]?.visitor.id, visitor.visitorId);
    });

    test('a concurrent turn is either stored and erased, or rejected', async () => {
      for (let round = 0; round < 5; round++) {
        const { erase, visitor, dashboard } = await begin();
        const [turn, erased] = await Promise.all([visitor.turn(visitor.say('bersamaan rahasia')), erase()]);
        assert.equal(erased.status, 204);
        assert.ok([200, 401].includes(turn.status), `${turn.status}`);
        assert.doesNotMatch(JSON.stringify(await dashboard.send('/v1/conversations')), /rahasia/);
      }
    });
  });
}

test('no row of any table has data of an erased visitor', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'alur-erase-'));
  const clock = createClock();
  const host = await createTestHost({
    clock,
    database: await openPGlite({ dataDir, clock, template: await templateFile() }),
  });
  const { erase, visitor, identity } = await busyOn(host);
  await erase();
  await host.close();
  const database = await PGlite.create(join(dataDir, 'pglite'));
  try {
    const { rows: tables } = await database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const files = png().toString('hex');
    for (const { name } of tables) {
      const { rows } = await database.query<{ row: string }>(
        `select row_to_json(t)::text as row from "${name}" t`,
      );
      const text = rows.map(({ row }) => row).join('\n');
      // The flow, the agents and the agents' messages belong to the account.
      for (const trace of ['rahasia', '0812', 'ayu-42', visitor.visitorId, identity, files])
        assert.ok(!text.includes(trace), `${name} holds ${trace}`);
    }
    assert.ok(tables.length > 15);
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true });
  }
});
