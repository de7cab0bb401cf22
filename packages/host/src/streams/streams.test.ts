import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import type { Database } from '../database/database.ts';
import { openPGlite } from '../database/pglite-database.ts';
import { templateFile } from '../testing/template-file.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';

interface Frame {
  event: string;
  id?: string;
  data: { seq?: number; type?: string; [member: string]: unknown };
}

for (const database of databases) {
  describe(`streams on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
      await host.host.listen(0, '127.0.0.1');
    });
    after(() => host.close());

    /** Opens a stream over a real connection and collects its frames. */
    async function open(path: string, token: string, headers: Record<string, string> = {}) {
      const frames: Frame[] = [];
      const call = request(`${host.host.url}${path}`, {
        headers: { Authorization: `Bearer ${token}`, ...headers },
      });
      const response = await new Promise<IncomingMessage>((answered, reject) => {
        call.once('response', answered).once('error', reject).end();
      });
      let rest = '';
      let ended = false;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
          const event = field('event');
          if (event)
            frames.push({
              event,
              ...(field('id') && { id: field('id') }),
              data: JSON.parse(field('data') ?? '{}'),
            } as Frame);
        }
      });
      response.on('close', () => (ended = true));
      response.on('error', () => {});
      return {
        response,
        frames,
        events: () => frames.filter(({ event }) => event === 'event').map(({ data }) => data),
        close: () => call.destroy(),
        ended: () => host.until(async () => ended),
        has: (event: string) => host.until(async () => frames.find((frame) => frame.event === event)),
      };
    }

    async function begin() {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      const stream = (query = '', headers = {}) =>
        open(`/v1/widget/${inboxId}/stream${query}`, visitor.token, headers);
      return { inboxId, key, visitor, stream, dashboard: createTestDashboard(host, key) };
    }

    test('a reader that reads gets a backlog larger than the buffer limit completely', async () => {
      const { visitor, stream } = await begin();
      const text = 'x'.repeat(3_900);
      for (let turn = 0; turn < 90; turn++) await visitor.message(`${turn} ${text}`);
      const line = await stream();
      const said = () =>
        line
          .events()
          .filter(({ message }) => (message as { author?: { kind: string } })?.author?.kind === 'visitor');
      await host.until(async () => said().length === 90);
      const seqs = line.events().map(({ seq }) => seq!);
      assert.deepEqual(
        seqs,
        seqs.toSorted((a, b) => a - b),
      );
      line.close();
    });

    test('the order is hello, stored events, live events', async () => {
      const { visitor, stream, dashboard } = await begin();
      await visitor.message('vip');
      const line = await stream();
      await host.until(async () => line.events().length >= 4);
      assert.equal(line.frames[0]?.event, 'hello');
      assert.equal(line.frames[0]?.data['heartbeatSeconds'], 15);
      await dashboard.reply((await dashboard.conversationOf(visitor.visitorId)).id, 'Hai');
      await host.until(async () =>
        line
          .events()
          .some(({ type, message }) => type === 'message' && (message as { text: string }).text === 'Hai'),
      );
      assert.deepEqual(line.events(), (await visitor.events()).events);
      assert.equal(line.frames.at(-1)?.id, line.frames.at(-1)?.data['cursor']);
      line.close();
    });

    test('it continues after Last-Event-ID without gaps and duplicates', async () => {
      const { visitor, stream } = await begin();
      await visitor.message('halo');
      const first = await stream();
      await host.until(async () => first.events().length >= 3);
      const cursor = first.frames.at(-1)?.id ?? '';
      first.close();
      await visitor.press('ask', 'other');
      const second = await stream('?after=ignored', { 'Last-Event-ID': cursor });
      const all = (await visitor.events()).events;
      await host.until(async () => second.events().length >= all.length - first.events().length);
      assert.deepEqual([...first.events(), ...second.events()], all);
      second.close();
    });

    test('a stream that was opened before the first message receives it', async () => {
      const { visitor, stream } = await begin();
      const line = await stream();
      await line.has('hello');
      await visitor.message('halo');
      await host.until(async () => line.events().length >= 4);
      assert.deepEqual(line.events(), (await visitor.events()).events);
      line.close();
    });

    test('no event after the snapshot’s cursor is missed while messages arrive', async () => {
      const { visitor, stream } = await begin();
      await visitor.message('vip');
      const pouring = (async () => {
        for (let count = 0; count < 30; count++) await visitor.message(`nomor ${count}`);
      })();
      const { cursor, messages } = await visitor.snapshot('?limit=200');
      const line = await stream(`?after=${cursor}`);
      await pouring;
      const texts = () =>
        [
          ...messages,
          ...line
            .events()
            .flatMap((event) => (event.type === 'message' ? [event['message'] as { text: string }] : [])),
        ].map(({ text }) => text);
      await host.until(async () => texts().length >= 31);
      assert.deepEqual(
        texts().slice(1),
        Array.from({ length: 30 }, (_, index) => `nomor ${index}`),
      );
      line.close();
    });

    test('a cursor of another log gets a reset event, and the stream ends', async () => {
      const { visitor, stream } = await begin();
      await visitor.message('halo');
      const line = await stream('?after=other.3');
      await line.has('reset');
      await line.ended();
    });

    test('the streams of an erased visitor get a reset and end, the account is notified, and a new stream is refused', async () => {
      const { inboxId, key, visitor, stream, dashboard } = await begin();
      await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const [line, live] = [await stream(), await open('/v1/live', key)];
      await live.has('hello');
      await host.until(async () => line.events().length >= 4);
      const heard = line.events().length;
      const poll = host.call(
        `/v1/widget/${inboxId}/events?after=${(await visitor.snapshot()).cursor}&wait=20`,
        {
          token: visitor.token,
        },
      );
      await host.call(`/v1/widget/${inboxId}/visitor`, { method: 'DELETE', token: visitor.token });
      await line.has('reset');
      await line.ended();
      assert.equal(line.events().length, heard, 'the erasure itself is for agents');
      assert.equal((await poll).status, 401);
      assert.equal((await live.has('hint')).data['conversationId'], id);
      const late = await stream();
      await late.has('reset');
      await late.ended();
      live.close();
    });

    test('a visitor receives nothing of another visitor', async () => {
      const { inboxId, stream } = await begin();
      const line = await stream();
      await line.has('hello');
      const other = await createTestVisitor(host, inboxId);
      const otherLine = await open(`/v1/widget/${inboxId}/stream`, other.token);
      await other.message('vip');
      await host.until(async () => otherLine.events().length >= 4);
      assert.deepEqual(line.events(), []);
      for (const each of [line, otherLine]) each.close();
    });

    test('typing is sent to the other side only, and not stored', async () => {
      const { inboxId, key, visitor, stream, dashboard } = await begin();
      await visitor.message('vip');
      const { id, seq } = await dashboard.conversationOf(visitor.visitorId);
      const [line, live] = [await stream(), await open('/v1/live', key)];
      await live.has('hello');
      await dashboard.send(`/v1/conversations/${id}/typing`, { method: 'POST' });
      assert.deepEqual((await line.has('typing')).data, { by: 'agent' });
      await host.call(`/v1/widget/${inboxId}/typing`, { method: 'POST', token: visitor.token });
      await host.until(async () => live.frames.some(({ data }) => data['by'] === 'visitor'));
      assert.equal(line.frames.filter(({ event }) => event === 'typing').length, 1);
      assert.equal((await dashboard.conversationOf(visitor.visitorId)).seq, seq);
      for (const each of [line, live]) each.close();
    });

    test('the account’s feed has only conversations of the account', async () => {
      const [mine, theirs] = [await begin(), await begin()];
      const live = await open('/v1/live', mine.key);
      await live.has('hello');
      await theirs.visitor.message('vip');
      await mine.visitor.message('vip');
      const { id, seq } = await mine.dashboard.conversationOf(mine.visitor.visitorId);
      const hint = await live.has('hint');
      assert.deepEqual(hint.data, { conversationId: id, seq });
      live.close();
    });

    test('a token in the URL is rejected', async () => {
      const { inboxId, visitor } = await begin();
      const { status } = await host.call(`/v1/widget/${inboxId}/stream?token=${visitor.token}`);
      assert.equal(status, 401);
    });

    test('a long poll returns immediately with stored events, otherwise with the first new one', async () => {
      const { inboxId, visitor } = await begin();
      const poll = (cursor: string) =>
        host.call<{ events: unknown[]; cursor: string }>(
          `/v1/widget/${inboxId}/events?wait=20&after=${cursor}`,
          {
            token: visitor.token,
          },
        );
      const waiting = poll('');
      await visitor.message('halo');
      const first = await waiting;
      assert.ok(first.body.events.length > 0);
      const next = poll((await visitor.snapshot()).cursor);
      await visitor.message('1');
      assert.ok((await next).body.events.length > 0);
    });

    test('closed readers leave no subscriptions', async () => {
      const { stream, key } = await begin();
      const lines = await Promise.all([...Array.from({ length: 8 }, () => stream()), open('/v1/live', key)]);
      assert.ok(host.host.stats().topics > 0);
      for (const line of lines) line.close();
      await host.until(async () => host.host.stats().topics === 0 && host.host.stats().streams === 0);
    });
  });
}

test('the host sends bye before it closes, and the streams of one address are limited', async (t) => {
  const host = await createTestHost({ limits: { streamsPerVisitor: 1 } });
  t.after(() => host.close());
  const url = await host.host.listen(0, '127.0.0.1');
  const { inboxId } = await host.workspace();
  const visitor = await createTestVisitor(host, inboxId);
  const path = `${url}/v1/widget/${inboxId}/stream`;
  const headers = { Authorization: `Bearer ${visitor.token}` };
  const first = await fetch(path, { headers });
  const second = await fetch(path, { headers });
  assert.deepEqual([first.status, second.status], [200, 429]);
  await second.body?.cancel();
  const text = first.text();
  await host.host.close();
  assert.match(await text, /event: bye\ndata: \{"retryMs":\d+\}/);
});

test('a closing host completes running requests with Connection: close', async (t) => {
  const host = await createTestHost();
  t.after(() => host.close());
  const url = await host.host.listen(0, '127.0.0.1');
  const { inboxId } = await host.workspace();
  const visitor = await createTestVisitor(host, inboxId);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const headers = { Authorization: `Bearer ${visitor.token}` };
  const call = request(`${url}/v1/widget/${inboxId}/events?wait=1`, { agent, headers });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  call.end();
  // The poll waits for events, so it is in progress.
  await host.until(async () => host.host.stats().topics > 0);
  const closed = host.host.close();
  const [response] = await answered;
  response.resume();
  assert.deepEqual([response.statusCode, response.headers.connection], [200, 'close']);
  await closed;
});

test('a caller that disconnects before admission releases its place', async (t) => {
  const inner = await openPGlite({ dataDir: null, clock: Date.now, template: await templateFile() });
  let holdUp: Promise<void> | null = null;
  const database: Database = {
    ...inner,
    run: (name, input) => (holdUp ? holdUp.then(() => inner.run(name, input)) : inner.run(name, input)),
  };
  const host = await createTestHost({ database });
  const server = createServer(getRequestListener(host.host.app.fetch)).listen(0, '127.0.0.1');
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await host.close();
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { inboxId, key } = await host.workspace();
  const visitor = await createTestVisitor(host, inboxId);

  for (const [path, token, origin] of [
    [`/v1/widget/${inboxId}/stream`, visitor.token, 'https://shop.example'],
    ['/v1/live', key, 'https://dashboard.example'],
  ] as const) {
    // The origin is looked up again, and the lookup is answered only after the caller has disconnected.
    inner.notify({ kind: 'settings' });
    let letThrough = () => {};
    holdUp = new Promise((resolve) => (letThrough = resolve));
    const received = once(server, 'request') as Promise<[unknown, ServerResponse]>;
    const call = request(`${url}${path}`, { headers: { Authorization: `Bearer ${token}`, Origin: origin } });
    call.on('error', () => {}).end();
    const [, response] = await received;
    const gone = once(response, 'close');
    call.destroy();
    await gone;
    holdUp = null;
    letThrough();
    // Calls are answered in order, so this one follows the lookups of the stream.
    assert.equal(
      (await fetch(`${url}/v1/labels`, { headers: { Authorization: `Bearer ${key}` } })).status,
      200,
    );
    assert.deepEqual(host.host.stats(), { topics: 0, streams: 0, files: 0 }, path);
  }
});
