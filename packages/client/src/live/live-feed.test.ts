import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationEvent, VisitorConversation } from '@alur/protocol';
import { ClientError } from '../client-error.ts';
import { fakeRuntime, settle } from '../testing/fake-runtime.ts';
import type { Frame } from './frame-parser.ts';
import { LiveFeed, type FeedSignal } from './live-feed.ts';

const event = (seq: number) => ({ type: 'read', seq, cursor: String(seq), by: 'agent', upTo: 1 });
const frame = (name: string, data: unknown): Frame => ({ event: name, data: JSON.stringify(data) });

const conversationAt = (cursor: string, logSeq?: number) => ({ cursor, logSeq }) as VisitorConversation;
const relayed = (seq: number) => ({ kind: 'event' as const, event: event(seq) as ConversationEvent });

/** A feed with a stream that the test controls. */
function setUp(options: { snapshot?: () => Promise<VisitorConversation> } = {}) {
  const runtime = fakeRuntime();
  const received: FeedSignal[] = [];
  const streams: { from: string; say(...frames: Frame[]): void; end(): void; fail(error: Error): void }[] =
    [];
  const asked: string[] = [];
  let snapshots = 0;
  const feed = new LiveFeed({
    runtime,
    source: {
      async snapshot() {
        snapshots += 1;
        return options.snapshot?.() ?? conversationAt(`snap-${snapshots}`);
      },
      stream: (from, onFrame, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          streams.push({ from, say: (...frames) => frames.forEach(onFrame), end: resolve, fail: reject });
        }),
      poll: async (from, signal) => {
        asked.push(from);
        if (asked.length > 1) await new Promise((_, reject) => signal.addEventListener('abort', reject));
        return { events: [event(9)] as ConversationEvent[], cursor: '9', more: false };
      },
    },
    onSignal: (signal) => received.push(signal),
  });
  const statuses = () =>
    received.flatMap((signal) => (signal.kind === 'connection' ? [signal.connection.status] : []));
  const seqs = () => received.flatMap((signal) => (signal.kind === 'event' ? [signal.event.seq] : []));
  return { feed, runtime, received, streams, asked, statuses, seqs };
}
const HELLO = frame('hello', { cursor: 'x', serverTime: '2026-02-03T04:05:06.000Z', heartbeatSeconds: 15 });

test('the stream starts at the cursor of the snapshot and resumes at the last event', async () => {
  const { feed, runtime, streams, statuses, seqs } = setUp();
  feed.setMode('lead');
  await settle();
  assert.equal(streams[0]!.from, 'snap-1');
  streams[0]!.say(HELLO, frame('event', event(5)), frame('event', event(7)));
  streams[0]!.fail(new ClientError('network', 'cut'));
  await runtime.pass(5_000);
  assert.equal(streams[1]!.from, '7');
  streams[1]!.say(HELLO, frame('event', event(8)));
  assert.deepEqual(seqs(), [5, 7, 8]);
  assert.deepEqual(statuses(), ['connecting', 'online', 'offline', 'online']);
});

test('when the device is offline it closes its connection, and continues from its cursor', async () => {
  const { feed, streams, statuses, seqs } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO, frame('event', event(5)));
  feed.retryNow();
  await settle();
  assert.equal(streams.length, 1, 'after a wake-up it does nothing');
  feed.retryNow(true);
  await settle();
  assert.equal(streams[1]!.from, '5');
  streams[0]!.say(frame('event', event(6)));
  streams[1]!.say(HELLO, frame('event', event(6)));
  assert.deepEqual(seqs(), [5, 6]);
  assert.deepEqual(statuses(), ['connecting', 'online', 'connecting', 'online']);
});

test('a stream without frames falls back to long polling for a while', async () => {
  const { feed, runtime, streams, asked, statuses, seqs } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.fail(new ClientError('stream_silent', 'held back'));
  await runtime.pass(10);
  assert.deepEqual(asked, ['snap-1', '9']);
  assert.deepEqual(seqs(), [9]);
  assert.deepEqual(statuses(), ['connecting', 'online']);
});

test('a stream that fails while the host responds also falls back to long polling', async () => {
  const refusals: ((stream: { end(): void; fail(error: Error): void }) => void)[] = [
    (stream) => stream.fail(new ClientError('network', 'blocked')),
    (stream) => stream.fail(new ClientError('http', 'no streams here', { status: 406 })),
    (stream) =>
      stream.fail(new ClientError('rate_limited', 'too many', { status: 429, retryAfterMs: 30_000 })),
    (stream) => stream.end(),
  ];
  for (const refuse of refusals) {
    const { feed, runtime, streams, asked, statuses, seqs } = setUp();
    feed.setMode('lead');
    await settle();
    refuse(streams[0]!);
    await runtime.pass(1_100);
    assert.deepEqual([asked, seqs(), statuses().at(-1)], [['snap-1', '9'], [9], 'online']);
  }
});

test('without any response the feed retries the stream, and later checks if long polling works', async () => {
  let isAway = false;
  const { feed, runtime, streams, asked, statuses } = setUp({
    snapshot: async () => {
      if (isAway) throw new ClientError('network', 'gone');
      return conversationAt('snap', 7);
    },
  });
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO);
  isAway = true;
  const fail = async () => {
    streams.at(-1)!.fail(new ClientError('network', 'cut'));
    await runtime.pass(5_000);
  };
  for (let i = 0; i < 3; i++) await fail();
  assert.deepEqual([asked, statuses().at(-1)], [[], 'offline']);
  isAway = false;
  await runtime.pass(30_000);
  assert.equal(statuses().at(-1), 'offline', 'the host responds, the stream is not open yet');
  await fail();
  assert.deepEqual([asked[0], statuses().at(-1)], ['snap', 'online'], 'only the stream is unavailable');
});

test('a reset or an expired cursor causes a new snapshot', async () => {
  const { feed, runtime, streams } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO, frame('reset', {}));
  streams[0]!.end();
  await runtime.pass(2_000);
  assert.equal(streams[1]!.from, 'snap-2');
  streams[1]!.fail(new ClientError('cursor_expired', 'old', { status: 410 }));
  await runtime.pass(10);
  assert.equal(streams[2]!.from, 'snap-3');
});

test('for a minute after a bye frame it reconnects every few seconds, later less often', async () => {
  const { feed, runtime, streams } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO, frame('bye', { retryMs: 1_000 }));
  streams[0]!.end();
  const failFor = async (ms: number) => {
    const before = streams.length;
    for (let passed = 0; passed < ms; passed += 100) {
      await runtime.pass(100);
      streams.at(-1)!.fail(new ClientError('network', 'refused'));
    }
    return streams.length - before;
  };
  const soon = await failFor(50_000);
  await failFor(60_000);
  const later = await failFor(50_000);
  assert.ok(soon >= 20 && later <= 5, `${soon} attempts, then ${later}`);
});

test('after a 503 it waits longer than Retry-After, with more jitter each time', async () => {
  const { feed, runtime, received, streams } = setUp();
  feed.setMode('lead');
  await settle();
  for (let i = 0; i < 4; i++) {
    streams[i]!.fail(new ClientError('overloaded', 'busy', { status: 503, retryAfterMs: 2_000 }));
    await settle();
    const { connection } = received.at(-1) as FeedSignal & { kind: 'connection' };
    assert.ok(connection.status === 'offline');
    const waitMs = connection.retryAt - runtime.now();
    assert.ok(waitMs >= 2_000 && waitMs <= 2_000 + 500 * 2 ** i, `${waitMs} ms`);
    if (i === 3) assert.ok(waitMs > 2_200, 'all clients would reconnect at the same time');
    await runtime.pass(waitMs);
  }
});

test('after a bye it reconnects after the stated time, not before', async () => {
  const { feed, runtime, streams } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO, frame('bye', { retryMs: 4_000 }));
  streams[0]!.end();
  await runtime.pass(3_999);
  assert.equal(streams.length, 1);
  await runtime.pass(4_001);
  assert.equal(streams.length, 2);
});

test('a follower reads a snapshot and no stream; as leader it continues from the last forwarded event', async () => {
  const { feed, runtime, streams, statuses } = setUp();
  feed.setMode('follow');
  await settle();
  assert.equal(streams.length, 0);
  assert.deepEqual(statuses(), ['connecting', 'online']);
  feed.relay(relayed(42));
  feed.setMode('lead');
  await runtime.pass(0);
  assert.equal(streams[0]!.from, '42');
});

test('events that a follower receives before its snapshot are applied after it', async () => {
  const { promise, resolve } = withResolvers<VisitorConversation>();
  const { feed, received, seqs } = setUp({ snapshot: () => promise });
  feed.relay(relayed(5));
  feed.setMode('follow');
  await settle();
  feed.relay(relayed(6));
  feed.relay(relayed(7));
  assert.deepEqual(seqs(), [], 'nothing is shown that the snapshot would remove');
  resolve(conversationAt('6', 6));
  await settle();
  feed.relay(relayed(8));
  assert.deepEqual(seqs(), [7, 8]);
  assert.ok(
    received.findIndex(({ kind }) => kind === 'snapshot') <
      received.findIndex(({ kind }) => kind === 'event'),
  );
});

test('a new snapshot of the leader is not replaced by an older one that a follower requested', async () => {
  const { promise, resolve } = withResolvers<VisitorConversation>();
  const { feed, received, seqs } = setUp({ snapshot: () => promise });
  feed.setMode('follow');
  await settle();
  feed.relay(relayed(5));
  feed.relay({ kind: 'snapshot', conversation: conversationAt('leader') });
  feed.relay(relayed(9));
  resolve(conversationAt('own'));
  await settle();
  const cursors = received.flatMap((signal) =>
    signal.kind === 'snapshot' ? [signal.conversation.cursor] : [],
  );
  assert.deepEqual([cursors, seqs()], [['leader'], [9]]);
});

test('a snapshot of another tab is marked as relayed, and the own one is applied after it unless it is older', async () => {
  for (const [own, taken] of [
    ['12', ['10', '12']],
    ['10', ['10', '10']],
    ['9', ['10']],
  ] as const) {
    const { promise, resolve } = withResolvers<VisitorConversation>();
    const { feed, received } = setUp({ snapshot: () => promise });
    feed.setMode('follow');
    await settle();
    feed.relay({ kind: 'snapshot', conversation: conversationAt('10', 10) });
    resolve(conversationAt(own, Number(own)));
    await settle();
    const snapshots = received.filter((signal) => signal.kind === 'snapshot');
    assert.deepEqual(
      snapshots.map(({ conversation, relayed }) => [conversation.cursor, relayed]),
      taken.map((cursor, index) => [cursor, index === 0]),
    );
  }
});

test('a snapshot of another tab that resets the state is not marked as relayed', () => {
  const { feed, received } = setUp();
  feed.relay({ kind: 'snapshot', conversation: conversationAt('2', 2), isReset: true });
  assert.deepEqual(
    received.map((signal) => signal.kind === 'snapshot' && [signal.isReset, signal.relayed]),
    [[true, false]],
  );
});

test('a follower that resumes reads a new snapshot, because it missed events', async () => {
  const { feed, received } = setUp();
  for (const mode of ['follow', 'off', 'follow'] as const) {
    feed.setMode(mode);
    await settle();
  }
  assert.equal(received.filter(({ kind }) => kind === 'snapshot').length, 2);
});

test('late events and snapshots that are older than the state are ignored', async () => {
  const { feed, received, seqs } = setUp({ snapshot: async () => conversationAt('20', 20) });
  feed.setMode('follow');
  await settle();
  feed.relay(relayed(22));
  for (const seq of [13, 20, 22]) feed.relay(relayed(seq));
  feed.relay({ kind: 'snapshot', conversation: conversationAt('12', 12) });
  feed.relay(relayed(23));
  const cursors = received.flatMap((signal) =>
    signal.kind === 'snapshot' ? [signal.conversation.cursor] : [],
  );
  assert.deepEqual([cursors, seqs()], [['20'], [22, 23]]);
});

test('after an erasure the log can start again, also for followers', async () => {
  const leader = setUp({ snapshot: async () => conversationAt('2', 2) });
  leader.feed.setMode('lead');
  await settle();
  leader.streams[0]!.say(HELLO, frame('event', event(40)), frame('reset', {}));
  leader.streams[0]!.end();
  await leader.runtime.pass(2_000);
  const follower = setUp({ snapshot: async () => conversationAt('40', 40) });
  follower.feed.setMode('follow');
  await settle();
  for (const signal of leader.received) follower.feed.relay(signal);
  follower.feed.relay(relayed(3));
  assert.deepEqual(follower.seqs(), [3]);
});

test('another visitor starts with an empty state, also during a snapshot request; the first visitor does not reset it', async () => {
  const answers: ((conversation: VisitorConversation) => void)[] = [];
  const snapshot = () => new Promise<VisitorConversation>((resolve) => answers.push(resolve));
  const { feed, received } = setUp({ snapshot });
  const snapshots = () =>
    received.flatMap((signal) =>
      signal.kind === 'snapshot' ? [[signal.conversation.cursor, signal.isReset]] : [],
    );
  feed.setMode('follow');
  await settle();
  feed.reset();
  await settle();
  answers[0]!(conversationAt('5', 5));
  await settle();
  assert.deepEqual([answers.length, snapshots()], [1, [['5', false]]]);
  feed.setMode('off');
  feed.setMode('follow');
  feed.relay(relayed(7));
  await settle();
  feed.reset();
  await settle();
  answers[1]!(conversationAt('old 6', 6));
  answers[2]!(conversationAt('new 0', 0));
  await settle();
  assert.deepEqual(
    snapshots().slice(1),
    [['new 0', true]],
    'the response to the old request and its cursor are ignored',
  );
  assert.equal(
    received.filter(({ kind }) => kind === 'event').length,
    0,
    'and nothing that other tabs stored for the old visitor',
  );
});

test('a follower that is behind the leader reads a snapshot', async () => {
  let snapshots = 0;
  const { feed, seqs } = setUp({ snapshot: async () => conversationAt('x', [18, 20][snapshots++]) });
  feed.setMode('follow');
  await settle();
  const leads = (lastSeq: number) =>
    feed.relay({ kind: 'connection', connection: { status: 'connecting' }, lastSeq });
  leads(18);
  await settle();
  assert.equal(snapshots, 1, 'nothing was missed');
  leads(20);
  feed.relay(relayed(21));
  await settle();
  assert.deepEqual([snapshots, seqs()], [2, [21]]);
});

test('mode "off" closes the stream, clears all timers and emits nothing', async () => {
  const { feed, runtime, streams, received } = setUp();
  feed.setMode('lead');
  await settle();
  streams[0]!.say(HELLO);
  feed.setMode('off');
  await settle();
  const before = received.length;
  streams[0]!.say(frame('event', event(6)));
  assert.equal(received.length, before);
  assert.equal(runtime.timers, 0);
});

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  return { promise: new Promise<T>((fulfil) => (resolve = fulfil)), resolve };
}
