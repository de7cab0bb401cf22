import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '@alur/protocol';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { answer, fakeRuntime } from '../testing/fake-runtime.ts';
import { endSession, rateSession } from '../extras/sessions.ts';
import { createVisitorClient, type VisitorClientOptions } from './visitor-client.ts';
import type { VisitorSignal } from './visitor-signal.ts';

const TIME = '2026-02-03T04:05:06.000Z';

/**
 * A minimal host: tokens, an empty conversation, a stream that sends `hello`, and turns that are accepted
 * once.
 */
function fakeHost() {
  const calls: string[] = [];
  const turns: Turn[] = [];
  /** The last body sent to each path. */
  const bodies: Record<string, unknown> = Object.create(null);
  /** Every outbox request that is not a turn, in order of arrival. */
  const notes: [string, Record<string, unknown>][] = [];
  let validToken = '';
  let count = 0;
  let isDown = false;
  let cut = () => {};
  const tokens = () => {
    count += 1;
    validToken = `token-${count}`;
    const session = { token: validToken, refreshToken: `refresh-${count}`, expiresIn: 900 };
    return { visitorId: 'v', ...session, serverTime: TIME };
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = String(input).replace('https://host.test/v1/widget/inb/', '');
    if (isDown) throw new TypeError('refused');
    calls.push(`${init?.method ?? 'GET'} ${path}`);
    if (init?.body) bodies[path] = JSON.parse(String(init.body));
    if (path === 'visitors') return answer(201, tokens());
    if (path === 'visitors/refresh') return answer(200, tokens());
    const { Authorization } = init!.headers as Record<string, string>;
    if (Authorization !== `Bearer ${validToken}`) return answer(401, { code: 'token_expired' });
    if (path.startsWith('conversation')) {
      const nothing = { session: null, run: null, messages: [], more: false, handler: null };
      return answer(200, { ...nothing, seq: turns.length, cursor: 'c0', unread: 0, serverTime: TIME });
    }
    if (path === 'turns') {
      const turn = JSON.parse(String(init!.body)) as Turn;
      if (turn.seq > turns.length + 1)
        return answer(409, { code: 'sequence_gap', expected: turns.length + 1 });
      turns.push(turn);
      return answer(200, { turnId: turn.id, seq: turns.length });
    }
    if (path === 'stream') {
      const hello = `event: hello\ndata: {"cursor":"c0","serverTime":"${TIME}","heartbeatSeconds":15}\n\n`;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(hello));
          init!.signal!.addEventListener('abort', () => controller.error(init!.signal!.reason));
          cut = () => controller.error(new TypeError('reset'));
        },
      });
      return new Response(body);
    }
    if (['read', 'rating', 'end'].includes(path)) notes.push([path, JSON.parse(String(init!.body))]);
    return answer(204);
  };
  const goDown = () => {
    isDown = true;
    cut();
  };
  const comeUp = () => (isDown = false);
  return { fetch, calls, turns, notes, bodies, goDown, comeUp, expire: () => (validToken = 'none') };
}

function setUp(options: Partial<VisitorClientOptions> = {}) {
  const host = fakeHost();
  const runtime = fakeRuntime({ fetch: host.fetch });
  const client = createVisitorClient({
    host: 'https://host.test/',
    inboxId: 'inb',
    runtime,
    locks: undefined,
    storage: async () => createMemoryStorage(),
    ...options,
  });
  const signals: VisitorSignal[] = [];
  client.subscribe((signal) => signals.push(signal));
  return { host, runtime, client, signals };
}
const turn = (id: string) => ({
  id,
  session: 's',
  input: { kind: 'message' as const, id, at: TIME, text: 'Halo' },
});

test('nothing is requested or stored before the first visitor action', async (t) => {
  const { host, client } = setUp();
  t.after(() => client.close());
  assert.deepEqual(host.calls, []);
  assert.ok(client.hostNow() > 0);
});

test('the client works without locks if they are rejected', async (t) => {
  const refuse = () => Promise.reject(new DOMException('no origin', 'SecurityError'));
  const { host, client, runtime } = setUp({ locks: { request: refuse } as unknown as LockManager });
  t.after(() => client.close());
  client.connect();
  await client.submit(turn('a'));
  await runtime.pass(100);
  assert.equal(host.turns.length, 1);
  assert.equal(host.calls.filter((call) => call === 'POST visitors').length, 1);
});

test('inherited properties are not read as options', async (t) => {
  const everything = Object.prototype as { storage?: unknown; identity?: unknown };
  everything.identity = async () => 'another person';
  t.after(() => delete everything.identity);
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  assert.deepEqual(host.bodies['visitors'], {});
});

test('waiting entries are sent at once when the connection is restored', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  host.goDown();
  await runtime.pass(5_000);
  await client.submit(turn('a'));
  await runtime.pass(31_000);
  host.comeUp();
  // The feed tries again after 45.75 s, the outbox on its own only after 50.75 s.
  await runtime.pass(10_000);
  assert.equal(host.calls.filter((call) => call === 'GET stream').length, 2);
  assert.equal(host.turns.length, 1);
});

test('entries of an earlier page are sent after the connection is open, regardless of their backoff', async (t) => {
  const storage = createMemoryStorage();
  const { host, client, runtime } = setUp({ storage: async () => storage });
  t.after(() => client.close());
  const notBefore = runtime.now() + 30_000;
  const waits = { state: 'queued', queuedAt: 0, attempts: 6, waitMs: 30_000, notBefore };
  await storage.rows.add({ kind: 'turn', turn: turn('a'), id: 'a', ...waits } as Omit<OutboxEntry, 'order'>);
  client.connect();
  await runtime.pass(100);
  assert.deepEqual(
    host.turns.map(({ id }) => id),
    ['a'],
  );
});

test('the feed reconnects at once after an accepted turn', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  host.goDown();
  await runtime.pass(5_000);
  await client.submit(turn('a'));
  await runtime.pass(26_000);
  host.comeUp();
  // The outbox tries again after 35.75 s, the feed on its own only after 45.75 s.
  await runtime.pass(5_500);
  assert.equal(host.turns.length, 1);
  assert.equal(host.calls.filter((call) => call === 'GET stream').length, 2);
});

test('it creates a visitor, reads a snapshot and opens the stream', async (t) => {
  const { host, client, runtime, signals } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  assert.deepEqual(host.calls, ['POST visitors', 'GET conversation', 'GET stream']);
  const connection = signals.findLast(({ kind }) => kind === 'connection');
  assert.equal(connection?.kind === 'connection' && connection.connection.status, 'online');
});

test('turns are numbered when they are sent, contain their waiting time, and are reported when accepted', async (t) => {
  const { host, client, runtime, signals } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  await client.submit(turn('a'));
  await client.submit(turn('b'));
  await runtime.pass(100);
  assert.deepEqual(
    host.turns.map(({ id, seq, sentAt }) => [id, seq, sentAt]),
    [
      ['a', 1, TIME],
      ['b', 2, TIME],
    ],
  );
  const told = signals.flatMap((signal) => (signal.kind === 'answered' ? [signal.turn.id] : []));
  assert.deepEqual(told, ['a', 'b']);
});

test('read marks, ratings and the end of a session follow the turns before them', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  await client.submit(turn('a'));
  await client.queue({ kind: 'read', upTo: 3 });
  await rateSession(client, { session: 's', score: 2 });
  await rateSession(client, { session: 's', score: 4, comment: 'Baik.' });
  await endSession(client, 's');
  client.connect();
  await runtime.pass(100);
  assert.equal(host.turns.length, 1);
  const ids = host.notes.map(([, { id }]) => id);
  assert.deepEqual(host.notes, [
    ['read', { seq: 3 }],
    ['rating', { id: ids[1], session: 's', score: 4, comment: 'Baik.' }],
    ['end', { id: ids[2], session: 's' }],
  ]);
  assert.match(String(ids[1]), /^[0-9a-f-]{36}$/);
  assert.notEqual(ids[1], ids[2]);
});

test('a claim that is too long is omitted, and the message is sent', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  const effects = [{ kind: 'send-message' as const, cardId: 'c', text: 'x'.repeat(70_000) }];
  await client.submit({ ...turn('a'), effects });
  await client.submit({ ...turn('b'), effects: [] });
  await runtime.pass(100);
  assert.deepEqual(
    host.turns.map(({ id, effects }) => [id, effects]),
    [
      ['a', undefined],
      ['b', []],
    ],
  );
});

test('an expired token is refreshed once, and the client continues', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  host.expire();
  await Promise.all([client.submit(turn('a')), client.peek(), client.typing()]);
  await runtime.pass(100);
  assert.equal(host.calls.filter((call) => call === 'POST visitors/refresh').length, 1);
  assert.equal(host.turns.length, 1);
});

test('messages wait until the page provides the identity token', async (t) => {
  let isAway = true;
  const identity = async () => {
    if (isAway) throw new Error('503');
    return 'jwt';
  };
  const { host, client, runtime } = setUp({ identity, who: 'ani' });
  t.after(() => client.close());
  client.connect();
  await client.submit(turn('a'));
  await runtime.pass(30 * 60_000);
  isAway = false;
  await runtime.pass(60_000);
  assert.deepEqual(
    host.turns.map(({ id }) => id),
    ['a'],
  );
});

test('while disconnected it has no stream and no timer after everything is sent', async (t) => {
  const { client, runtime, signals } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  await client.submit(turn('a'));
  client.disconnectWhenIdle();
  await runtime.pass(100);
  const last = signals.findLast(({ kind }) => kind === 'connection');
  assert.equal(last?.kind === 'connection' && last.connection.status, 'idle');
  assert.equal(runtime.timers, 0);
});

test('a follower that disconnected with waiting entries reads a new snapshot when it reconnects', async (t) => {
  // Another tab leads until it is closed.
  const request = (lock: string, _options: LockOptions, action: () => unknown) =>
    lock.endsWith('|token') ? action() : new Promise(() => {});
  const locks = { request } as unknown as LockManager;
  const { host, client, runtime } = setUp({ locks });
  t.after(() => client.close());
  client.connect();
  await runtime.pass(10_000);
  const snapshots = () => host.calls.filter((call) => call === 'GET conversation').length;
  assert.equal(snapshots(), 1);
  await client.submit(turn('a'));
  client.disconnectWhenIdle();
  await runtime.pass(10);
  client.connect();
  await runtime.pass(10_000);
  assert.equal(snapshots(), 2);
});

test('drainAndClose sends waiting entries, emits nothing, and releases everything', async () => {
  const { host, client, runtime, signals } = setUp();
  client.connect();
  await runtime.pass(100);
  await client.submit(turn('a'));
  const heard = signals.length;
  let isDone = false;
  void client.drainAndClose().then(() => (isDone = true));
  await runtime.pass(100);
  assert.deepEqual([host.turns.length, isDone, signals.length, runtime.timers], [1, true, heard, 0]);
});

test('drainAndClose without an earlier connection sends the entries of an earlier page', async (t) => {
  const marks = new Map([['livechat:https://host.test|inb', '1']]);
  const localStorage = {
    getItem: (key: string) => marks.get(key) ?? null,
    setItem: () => {},
    removeItem: () => {},
  };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  t.after(() => Reflect.deleteProperty(globalThis, 'localStorage'));
  const store = createMemoryStorage();
  const before = setUp({ storage: async () => store });
  await before.client.submit(turn('a'));
  before.client.close();
  const { host, client, runtime } = setUp({ storage: async () => store });
  let isDone = false;
  void client.drainAndClose().then(() => (isDone = true));
  await runtime.pass(1_000);
  assert.deepEqual([host.turns.map(({ id }) => id), isDone, runtime.timers], [['a'], true, 0]);
});

test('drainAndClose resolves if the client is closed while entries wait', async () => {
  const { host, client, runtime } = setUp();
  client.connect();
  await runtime.pass(100);
  host.goDown();
  await client.submit(turn('a'));
  let isDone = false;
  void client.drainAndClose().then(() => (isDone = true));
  await runtime.pass(1_000);
  assert.equal(isDone, false);
  client.close();
  await runtime.pass(1_000);
  assert.deepEqual([isDone, runtime.timers], [true, 0]);
});

test('a stopped queue is not taken over by another tab while hidden', async (t) => {
  const { host, client, runtime } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  host.goDown();
  await client.submit(turn('a'));
  client.disconnectWhenIdle();
  client.stopSending();
  await runtime.pass(1_000);
  assert.equal(client.leading, true);
});

test('without a visitor there is nothing to forget, and no storage is opened', async () => {
  let opened = 0;
  const storage = async () => {
    opened += 1;
    return createMemoryStorage();
  };
  await setUp({ storage }).client.forget();
  assert.equal(opened, 0);
});

test('after a withdrawn consent nothing is sent, also if the host is slow', async (t) => {
  const host = fakeHost();
  const store = createMemoryStorage();
  let letThrough = () => {};
  const calls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const what = `${init!.method} ${String(input).split('/').at(-1)}`;
    calls.push(what);
    if (what === 'DELETE visitor') return new Promise(() => {});
    if (what === 'POST turns') await new Promise<void>((resolve) => (letThrough = resolve));
    return host.fetch(input, init);
  };
  const runtime = fakeRuntime({ fetch });
  const { client } = setUp({ runtime, storage: async () => store });
  t.after(() => client.close());
  client.connect();
  await client.submit(turn('a'));
  await client.submit(turn('b'));
  await runtime.pass(100);
  const forgotten = client.forget('withdrawn');
  await runtime.pass(100);
  letThrough();
  await runtime.pass(2_000);
  const count = (what: string) => calls.filter((call) => call === what).length;
  assert.deepEqual([count('POST turns'), count('DELETE visitor')], [1, 1], 'only the request in flight');
  await runtime.pass(1_000);
  await forgotten;
  assert.deepEqual([await store.rows.all(), await store.read('visitor')], [[], undefined]);
  const before = calls.length;
  await runtime.pass(60_000);
  assert.ok(
    calls.slice(before).every((call) => call === 'DELETE visitor'),
    'only the host is requested again',
  );
  assert.ok(calls.length > before);
});

test('a visitor who is forgotten during an identity request is not created by its response', async () => {
  let name: (token: string) => void = () => {};
  const identity = () => new Promise<string>((resolve) => (name = resolve));
  const { host, client, runtime } = setUp({ identity, who: 'ani' });
  client.connect();
  await runtime.pass(100);
  await client.forget();
  name('jwt');
  await runtime.pass(60_000);
  assert.deepEqual(host.calls, []);
});

test('an entry that another tab sent is reported as accepted before it leaves the queue', async (t) => {
  const { host, client, runtime, signals } = setUp();
  t.after(() => client.close());
  client.connect();
  await runtime.pass(100);
  host.goDown();
  await client.submit(turn('a'));
  await client.submit(turn('b'));
  await runtime.pass(10);
  const waiting = () => signals.flatMap((signal) => (signal.kind === 'outbox' ? [signal.entries] : []));
  const entry = waiting()
    .at(-1)!
    .find(({ id }) => id === 'a');
  signals.length = 0;
  const otherTab = new BroadcastChannel('livechat:https://host.test|inb');
  t.after(() => otherTab.close());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
  otherTab.postMessage({ kind: 'patch', patch: { do: 'delete', entry, result: { turnId: 'a', seq: 1 } } });
  while (!signals.some(({ kind }) => kind === 'answered')) await runtime.pass(0);
  const gone = signals.findIndex(
    (signal) => signal.kind === 'outbox' && signal.entries.every(({ id }) => id !== 'a'),
  );
  const answered = signals.findIndex(({ kind }) => kind === 'answered');
  assert.ok(gone > answered, `removed at ${gone}, responded at ${answered}`);
});
