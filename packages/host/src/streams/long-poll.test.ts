import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EventPage } from '@alur/protocol';
import { openPGlite } from '../database/pglite-database.ts';
import { countedDatabase } from '../testing/counted-database.ts';
import { templateFile } from '../testing/template-file.ts';
import { createClock, createTestHost, createTestVisitor, type TestHost } from '../testing/test-host.ts';

const PLACES = 6;

describe('long polls', () => {
  let host: TestHost;
  let counts: Map<string, number>;
  before(async () => {
    const clock = createClock();
    const database = countedDatabase(
      await openPGlite({ dataDir: null, clock, template: await templateFile() }),
    );
    ({ counts } = database);
    host = await createTestHost({ clock, database, limits: { streamsPerVisitor: PLACES } });
    await host.host.listen(0, '127.0.0.1');
  });
  after(() => host.close());

  async function begin() {
    const { inboxId } = await host.workspace();
    const visitor = await createTestVisitor(host, inboxId);
    await visitor.message('halo');
    const { cursor } = await visitor.events();
    const poll = (after = cursor) =>
      host.call<EventPage>(`/v1/widget/${inboxId}/events?wait=25&after=${after}`, { token: visitor.token });
    const held = (count: number) => host.until(async () => host.host.stats().streams >= count && counts);
    return { inboxId, visitor, poll, held };
  }

  test('count against the limit of streams, and release their place', async () => {
    const { inboxId, visitor, poll, held } = await begin();
    const polls = Array.from({ length: PLACES }, () => poll());
    await held(1);
    const more = await poll();
    assert.equal(more.status, 429);
    assert.ok(Number(more.headers.get('Retry-After')) > 0);
    const stream = await fetch(`${host.host.url}/v1/widget/${inboxId}/stream`, {
      headers: { Authorization: `Bearer ${visitor.token}` },
    });
    // Another address of the same visitor.
    assert.equal(stream.status, 429);
    await visitor.press('ask', 'other');
    for (const { status, body } of await Promise.all(polls)) {
      assert.equal(status, 200);
      assert.ok(body.events.length > 0);
    }
    assert.equal(host.host.stats().streams, 0);
    const again = poll((await visitor.events()).cursor);
    await held(1);
    await visitor.message('lagi');
    assert.equal((await again).status, 200);
  });

  test('share one read for the same conversation', async () => {
    const { visitor, poll, held } = await begin();
    const polls = Array.from({ length: PLACES }, () => poll());
    await held(1);
    // All polls have read once and wait.
    await host.until(async () => host.host.stats().topics === 1);
    await visitor.events();
    const before = counts.get('listVisitorEvents') ?? 0;
    await visitor.press('ask', 'other');
    const pages = await Promise.all(polls);
    const reads = (counts.get('listVisitorEvents') ?? 0) - before;
    assert.ok(reads <= 2, `${reads} reads for ${PLACES} long polls`);
    for (const { body } of pages) assert.deepEqual(body, pages[0]!.body);
  });
});
