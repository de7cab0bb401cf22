import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flow } from '@alur/flow';
import { isClientError } from '../client-error.ts';
import { answer, fakeRuntime, settle } from '../testing/fake-runtime.ts';
import { collect, createDashboardClient } from './create-dashboard-client.ts';

const FLOW: Flow = {
  format: 'alur.flow/2',
  id: 'f',
  name: 'F',
  timeZone: 'Asia/Jakarta',
  cards: { start: { kind: 'start', next: [] } },
};

/**
 * A host with one flow whose newest version is `version`. It neither reads nor sends an ETag, because
 * intermediaries may remove them.
 */
function setUp() {
  const host = { version: 3, lostAnswers: 0 };
  const calls: string[] = [];
  const saves = new Map<string, object>();
  let lost = 0;
  const runtime = fakeRuntime({
    fetch: async (input, init) => {
      const headers = new Headers(init!.headers);
      const path = String(input).replace('https://host.test', '');
      calls.push(`${init!.method} ${path}`);
      if (headers.get('Authorization') !== 'Bearer key') return answer(401, { code: 'unauthenticated' });
      const detail = { summary: { id: 'f' }, newest: { version: host.version } };
      if (init!.method === 'GET' && path === '/v1/flows/f') {
        return answer(200, detail);
      }
      if (init!.method === 'POST' && path.startsWith('/v1/flows/f/versions')) {
        const { baseVersion, saveId } = JSON.parse(String(init!.body));
        const made = saves.get(saveId) ?? { version: host.version + 1, live: true, problems: [] };
        if (!saves.has(saveId)) {
          if (baseVersion !== host.version) return answer(412, { code: 'version_conflict', current: detail });
          host.version += 1;
          saves.set(saveId, made);
        }
        if (lost < host.lostAnswers) {
          lost += 1;
          throw new TypeError('the connection was lost');
        }
        return answer(201, made);
      }
      if (path === '/v1/labels?limit=200') return answer(200, { items: ['a', 'b'], next: 'c2' });
      if (path === '/v1/labels?limit=200&cursor=c2') return answer(200, { items: ['c'], next: null });
      if (path.startsWith('/v1/flows/f/statistics')) return answer(200, { runs: 2, versions: [], cards: [] });
      if (path === '/v1/conversations/c/attachments/a?size=thumbnail')
        return new Response('a', { headers: { 'Content-Type': 'image/webp' } });
      if (path === '/v1/conversations/c/attachments/a')
        return new Response('abc', { headers: { 'Content-Type': 'image/png' } });
      if (init!.method === 'DELETE') return answer(204);
      return answer(404, { code: 'not_found', title: 'No such thing' });
    },
  });
  return {
    host,
    calls,
    runtime,
    client: createDashboardClient({ host: 'https://host.test/', token: 'key', runtime }),
  };
}

test('a slow file download continues while data arrives, and times out 20 s after the last chunk', async () => {
  for (const stalls of [false, true]) {
    let say: (text: string) => void = () => {};
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        say = (text) => controller.enqueue(new TextEncoder().encode(text));
        end = () => controller.close();
      },
    });
    const runtime = fakeRuntime({
      fetch: async () => new Response(body, { headers: { 'Content-Type': 'image/png' } }),
    });
    const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
    const outcome = client.attachment('c', 'a').then(
      (blob) => blob.text(),
      (error) => error.code,
    );
    for (const piece of ['a', 'b', 'c', 'd']) {
      await runtime.pass(19_000);
      say(piece);
      await settle();
    }
    if (stalls) await runtime.pass(20_000);
    else end();
    assert.equal(await outcome, stalls ? 'timeout' : 'abcd');
    assert.equal(runtime.timers, 0);
  }
});

test('a file download that timed out is cancelled: its remaining body is neither read nor awaited', async () => {
  for (const when of ['after a piece', 'before the answer']) {
    let say: (text: string) => void = () => {};
    let isLetGo = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        void (say = (text) => !isLetGo && controller.enqueue(new TextEncoder().encode(text))),
      cancel: () => void (isLetGo = true),
    });
    let answerNow = () => {};
    const answered = new Promise<void>((resolve) => (answerNow = resolve));
    // A `fetch` that ignores its signal.
    const runtime = fakeRuntime({ fetch: () => answered.then(() => new Response(body)) });
    const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
    const outcome = client.attachment('c', 'a').catch((error) => error.code);
    if (when === 'after a piece') {
      answerNow();
      await settle();
      say('a');
    }
    await runtime.pass(20_000);
    assert.deepEqual([await outcome, isLetGo], ['timeout', when === 'after a piece']);
    answerNow();
    await settle();
    say('b');
    await settle();
    assert.deepEqual([isLetGo, runtime.timers], [true, 0], when);
  }
});

test('a large flow has a longer timeout than a small request', async () => {
  const silent: typeof globalThis.fetch = (_, init) =>
    new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason)));
  const runtime = fakeRuntime({ fetch: silent });
  const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
  const ended: string[] = [];
  const note = (what: string) => (error: { code: string }) => void ended.push(`${what} ${error.code}`);
  client.getFlow('f').catch(note('question'));
  const flow = { ...FLOW, name: 'x'.repeat(1_000_000) };
  client.createFlow({ name: 'F', flow }).catch(note('flow'));
  await settle();
  await runtime.pass(20_000);
  assert.deepEqual(ended, ['question timeout']);
  await runtime.pass(100_000);
  assert.deepEqual(ended, ['question timeout']);
  await runtime.pass(1_000);
  assert.deepEqual(ended, ['question timeout', 'flow timeout']);
});

test('each save names its base version by number, without an ETag', async () => {
  const { client, calls } = setUp();
  const detail = await client.getFlow('f');
  const first = await client.saveFlowVersion('f', { flow: FLOW, baseVersion: detail.newest.version });
  assert.deepEqual(first, { version: 4, live: true, problems: [] });
  const second = await client.saveFlowVersion('f', { flow: FLOW, baseVersion: 4 });
  assert.ok('version' in second && second.version === 5);
  assert.equal(calls.filter((call) => call.startsWith('GET')).length, 1);
});

test('a save with a lost response is repeated and creates one version', async () => {
  const { client, host, runtime } = setUp();
  host.lostAnswers = 1;
  const saving = client.saveFlowVersion('f', { flow: FLOW, baseVersion: 3 });
  await runtime.pass(3_000);
  assert.deepEqual(await saving, { version: 4, live: true, problems: [] });
  assert.equal(host.version, 4);
});

test('a conflicting version is returned as a value, and nothing is saved', async () => {
  const { client, host } = setUp();
  await client.getFlow('f');
  host.version = 9;
  const outcome = await client.saveFlowVersion('f', { flow: FLOW, baseVersion: 3 });
  assert.ok('conflict' in outcome);
  assert.equal(outcome.conflict.newest.version, 9);
  assert.equal(host.version, 9);
  const again = await client.saveFlowVersion('f', { flow: FLOW, baseVersion: 9 });
  assert.ok('version' in again && again.version === 10);
});

test('a base version that the host has deleted is a conflict with the newest version, in one request', async () => {
  const { client, calls } = setUp();
  const outcome = await client.restoreFlowVersion('f', { version: 1, baseVersion: 2 });
  assert.ok('conflict' in outcome && outcome.conflict.newest.version === 3);
  assert.deepEqual(calls, ['POST /v1/flows/f/versions/1/restore']);
});

test('a failure is a ClientError with the host’s code', async () => {
  const { client } = setUp();
  await assert.rejects(
    client.getInbox('nowhere'),
    (error) => isClientError(error) && error.code === 'not_found',
  );
  assert.equal(await client.deleteFlow('f', { baseVersion: 3 }), undefined);
});

test('statistics are requested by version and time', async () => {
  const { client, calls } = setUp();
  const from = '2026-11-22T00:00:00.000Z';
  assert.equal((await client.flowStatistics('f', { version: 2, from })).runs, 2);
  await client.flowStatistics('f');
  assert.deepEqual(calls, [
    `GET /v1/flows/f/statistics?version=2&from=${encodeURIComponent(from)}`,
    'GET /v1/flows/f/statistics',
  ]);
});

test('a file of a conversation is returned as bytes with its content type', async () => {
  const { client } = setUp();
  const blob = await client.attachment('c', 'a');
  assert.deepEqual([blob.type, await blob.text()], ['image/png', 'abc']);
  const thumbnail = await client.attachment('c', 'a', { size: 'thumbnail' });
  assert.deepEqual([thumbnail.type, await thumbnail.text()], ['image/webp', 'a']);
});

test('a list is read page by page', async () => {
  const { client } = setUp();
  assert.deepEqual(await collect<unknown>(client.listLabels), ['a', 'b', 'c']);
});

test('the token provider is called before each request', async () => {
  let count = 0;
  const tokens: (string | null)[] = [];
  const client = createDashboardClient({
    host: 'https://host.test',
    getToken: async () => `token-${(count += 1)}`,
    runtime: fakeRuntime({
      fetch: async (_, init) => {
        tokens.push(new Headers(init!.headers).get('Authorization'));
        return answer(200, { items: [], next: null });
      },
    }),
  });
  await client.listTeams();
  await client.listAgents();
  assert.deepEqual(tokens, ['Bearer token-1', 'Bearer token-2']);
});

test('a token that the host rejects before its expiry is replaced, and the request is sent once more', async () => {
  const refused: (string | undefined)[] = [];
  const tokens: (string | null)[] = [];
  const client = createDashboardClient({
    host: 'https://host.test',
    getToken: (old) => {
      refused.push(old);
      return old === undefined ? 'old' : 'new';
    },
    runtime: fakeRuntime({
      fetch: async (_, init) => {
        tokens.push(new Headers(init!.headers).get('Authorization'));
        return tokens.at(-1) === 'Bearer new'
          ? answer(200, { items: [], next: null })
          : answer(401, { code: 'unauthenticated' });
      },
    }),
  });
  await client.listTeams();
  assert.deepEqual(refused, [undefined, 'old']);
  assert.deepEqual(tokens, ['Bearer old', 'Bearer new']);
});

test('without another token, a 401 is reported and not retried', async () => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    return answer(401, { code: 'unauthenticated' });
  };
  const client = createDashboardClient({
    host: 'https://host.test',
    token: 'key',
    runtime: fakeRuntime({ fetch }),
  });
  await assert.rejects(client.listTeams(), { code: 'unauthenticated' });
  assert.equal(calls, 1);
});

test('hints arrive live, and a lost connection is restored', async () => {
  let streams = 0;
  let control!: ReadableStreamDefaultController<Uint8Array>;
  const runtime = fakeRuntime({
    fetch: async () => {
      streams += 1;
      return new Response(new ReadableStream({ start: (controller) => void (control = controller) }));
    },
  });
  const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
  const received: unknown[] = [];
  const stop = client.subscribe({
    onConnected: (again) => received.push(again ? 'again' : 'connected'),
    onLost: () => received.push('lost'),
    onHint: (hint) => received.push(hint),
  });
  const say = async (text: string) => {
    control.enqueue(new TextEncoder().encode(text));
    await settle();
  };
  await settle();
  await say('event: hello\ndata: {}\n\nevent: hint\ndata: {"conversationId":"c","seq":4}\n\n');
  control.error(new TypeError('cut'));
  await runtime.pass(1_000);
  await say('event: hello\ndata: {}\n\n');
  stop();
  await settle();
  assert.deepEqual(received, ['connected', { conversationId: 'c', seq: 4 }, 'lost', 'again']);
  assert.equal(streams, 2);
  assert.equal(runtime.timers, 0);
});

test('a read with a temporary failure is retried, and its caller gets only the final result', async () => {
  const outcomes = [
    () => Promise.reject(new TypeError('offline')),
    async () => answer(503, { code: 'unavailable' }),
    async () => answer(200, { items: ['a'], next: null }),
  ];
  const runtime = fakeRuntime({ fetch: () => outcomes.shift()!() });
  const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
  const listed = client.listLabels();
  await runtime.pass(3_000);
  assert.deepEqual((await listed).items, ['a']);
  assert.equal(runtime.timers, 0);
});

/** Creates a client whose host always responds with `response()`, and a counter of its requests. */
function atDoor(response: (times: number) => Promise<Response>) {
  const asked = { times: 0 };
  const runtime = fakeRuntime({ fetch: () => response((asked.times += 1)) });
  const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
  return { asked, runtime, client };
}

test('a read is tried at most three times within three seconds, then rejects with the reason', async () => {
  const { asked, runtime, client } = atDoor(async () => answer(500, { code: 'internal' }));
  const began = runtime.now();
  let took = Infinity;
  const outcome = client.getFlow('f').catch((error) => {
    took = runtime.now() - began;
    return error.status;
  });
  await runtime.pass(10_000);
  assert.deepEqual([await outcome, asked.times], [500, 3]);
  assert.ok(took <= 3_000, `${took} ms`);
});

test('reads wait for Retry-After, and reject at once if it is too long to wait', async () => {
  for (const [seconds, times] of [
    [1, 3],
    [30, 1],
  ] as const) {
    const { asked, runtime, client } = atDoor(async () =>
      answer(429, { code: 'rate_limited' }, { 'Retry-After': `${seconds}` }),
    );
    let isTold = false;
    const outcome = client.getInbox('i').catch((error) => {
      isTold = true;
      return error.retryAfterMs;
    });
    await runtime.pass(999);
    assert.deepEqual([asked.times, isTold], [1, times === 1]);
    await runtime.pass(5_000);
    assert.deepEqual([await outcome, asked.times], [seconds * 1000, times]);
  }
});

test('a permanent failure rejects at once, and a host that does not respond gets one request', async () => {
  for (const status of [400, 401, 403, 404, 409]) {
    const { asked, client } = atDoor(async () => answer(status, { code: 'not_found' }));
    await assert.rejects(client.getInbox('i'), { status });
    assert.equal(asked.times, 1);
  }
  const { asked, runtime, client } = atDoor(() => new Promise(() => {}));
  const outcome = client.getInbox('i').catch((error) => error.code);
  await runtime.pass(20_000);
  assert.deepEqual([await outcome, asked.times], ['timeout', 1]);
});

test('writes other than saves are never retried automatically', async () => {
  const { asked, runtime, client } = atDoor(() => Promise.reject(new TypeError('offline')));
  const writes = [
    client.reply('c', { id: 'm', text: 'Halo' }),
    client.setLabels('c', []),
    client.renameFlow('f', { name: 'F', baseVersion: 3 }),
    client.deleteFlow('f', { baseVersion: 3 }),
  ].map((write) => write.catch((error) => error.code));
  await runtime.pass(10_000);
  assert.deepEqual(await Promise.all(writes), Array(4).fill('network'));
  assert.equal(asked.times, 4);
});

test('a signal aborts only its own calls with its reason: active, waiting and later ones', async () => {
  const reason = new Error('the screen was closed');
  const { asked, runtime, client } = atDoor((times) =>
    times <= 2 ? new Promise(() => {}) : Promise.reject(new TypeError('offline')),
  );
  const screen = new AbortController();
  const bound = client.withSignal(screen.signal);
  const outcomeOf = (call: Promise<unknown>) => call.catch((error: unknown) => error);
  const unbound = client.resolve('c').catch((error) => error.code);
  const underWay = outcomeOf(bound.resolve('c'));
  await settle();
  const waiting = outcomeOf(bound.getInbox('i'));
  await settle();
  assert.equal(asked.times, 3);
  screen.abort(reason);
  assert.deepEqual(await Promise.all([underWay, waiting]), [reason, reason]);
  assert.equal(await outcomeOf(bound.listLabels()), reason);
  assert.equal(asked.times, 3, 'no later request was sent');
  await runtime.pass(20_000);
  assert.equal(await unbound, 'timeout');
  assert.equal(runtime.timers, 0);
});

test('clients with and without a signal can save on top of each other’s versions', async () => {
  const { client, calls } = setUp();
  await client.getFlow('f');
  const bound = client.withSignal(new AbortController().signal);
  const saved = await bound.saveFlowVersion('f', { flow: FLOW, baseVersion: 3 });
  assert.ok('version' in saved && saved.version === 4);
  const again = await client.saveFlowVersion('f', { flow: FLOW, baseVersion: 4 });
  assert.ok('version' in again && again.version === 5);
  assert.equal(calls.filter((call) => call.startsWith('GET')).length, 1);
});

test('a subscription ends with its signal or earlier, and leaves no listener behind', async () => {
  for (const end of ['signal', 'answer', 'before'] as const) {
    let streams = 0;
    const runtime = fakeRuntime({
      fetch: async () => {
        streams += 1;
        return new Response(new ReadableStream());
      },
    });
    const client = createDashboardClient({ host: 'https://host.test', token: 'key', runtime });
    const screen = new AbortController();
    if (end === 'before') screen.abort();
    const stop = client.withSignal(screen.signal).subscribe({ onHint: () => {} });
    await settle();
    assert.equal(streams, end === 'before' ? 0 : 1);
    if (end === 'answer') stop();
    else screen.abort();
    await runtime.pass(60_000);
    assert.deepEqual([streams, runtime.timers], [end === 'before' ? 0 : 1, 0], end);
  }
});
