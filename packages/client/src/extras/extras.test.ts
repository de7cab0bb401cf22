import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVisitorClient } from '../index.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { answer, fakeRuntime } from '../testing/fake-runtime.ts';
import { eraseVisitor, fetchTranscript } from './index.ts';

const TIME = '2026-02-03T04:05:06.000Z';

/** A host that can erase visitors. `away` makes it unreachable. */
function setUp(t: { after(action: () => void): void }) {
  const calls: string[] = [];
  const state = { away: false, visitors: 0, erased: false, losesAnswers: false, refusesToErase: false };
  const runtime = fakeRuntime({
    fetch: async (input, init) => {
      const path = String(input).replace('https://host.test/v1/widget/inb/', '');
      calls.push(`${init!.method} ${path}`);
      if (state.away) throw new TypeError('away');
      if (path === 'visitors') {
        state.visitors += 1;
        const tokens = { visitorId: `v${state.visitors}`, token: `t${state.visitors}`, refreshToken: 'r' };
        return answer(201, { ...tokens, expiresIn: 900, serverTime: TIME });
      }
      if (path === 'visitors/refresh' || state.erased) return answer(401, { code: 'unauthenticated' });
      if (path.startsWith('transcript'))
        return new Response('Percakapan', { headers: { 'Content-Type': 'text/plain' } });
      if (path === 'visitor') {
        if (state.refusesToErase) return answer(503, { code: 'overloaded' });
        state.erased = true;
        if (state.losesAnswers) throw new TypeError('cut');
        return answer(204);
      }
      if (path === 'turns') return answer(503, { code: 'overloaded' });
      const nothing = { session: null, run: null, messages: [], more: false, handler: null };
      return answer(200, { ...nothing, seq: 0, cursor: '', unread: 0, serverTime: TIME });
    },
  });
  const storage = createMemoryStorage();
  const client = createVisitorClient({
    host: 'https://host.test',
    inboxId: 'inb',
    runtime,
    locks: undefined,
    storage: async () => storage,
  });
  t.after(() => client.close());
  return { client, calls, state, storage, runtime };
}

test('a transcript is text in the requested time zone and language', async (t) => {
  const { client, calls } = setUp(t);
  assert.equal(await fetchTranscript(client, { language: 'en', timeZone: 'Asia/Jakarta' }), 'Percakapan');
  assert.equal(calls.at(-1), 'GET transcript?language=en&timeZone=Asia%2FJakarta');
  await fetchTranscript(client);
  assert.match(calls.at(-1)!, /language=id&timeZone=[A-Z]/);
});

test('an erasure calls the host first, then clears the device, and creates no visitor', async (t) => {
  const { client, calls, state, storage, runtime } = setUp(t);
  client.connect();
  await runtime.pass(100);
  const id = 'a';
  await client.submit({ id, session: 's', input: { kind: 'message', id, at: TIME, text: 'Halo' } });
  await runtime.pass(100);
  await eraseVisitor(client);
  assert.equal(state.erased, true);
  assert.deepEqual(await storage.rows.all(), []);
  assert.equal(await storage.read('visitor'), undefined);
  const before = calls.length;
  await runtime.pass(10 * 60_000);
  assert.deepEqual(calls.slice(before), [], 'neither a waiting turn nor a stream creates a new visitor');
  assert.deepEqual([state.visitors, runtime.timers], [1, 0]);
});

test('a call that was in flight during an erasure creates no new visitor', async (t) => {
  const { client, state, runtime } = setUp(t);
  client.connect();
  await runtime.pass(100);
  const late = client.older(5).catch((error: unknown) => error);
  await eraseVisitor(client);
  await runtime.pass(1_000);
  await late;
  assert.equal(state.visitors, 1);
  await assert.rejects(
    client
      .peek()
      .then((found) => assert.equal(found, null))
      .then(() => client.older(5)),
    {
      code: 'unauthenticated',
    },
  );
});

test('the device keeps its data if the host did not erase the visitor', async (t) => {
  const { client, state, storage, runtime } = setUp(t);
  client.connect();
  await runtime.pass(100);
  state.away = true;
  await assert.rejects(eraseVisitor(client), { code: 'network' });
  assert.notEqual(await storage.read('visitor'), undefined);
  state.away = false;
  assert.equal((await client.older(5)).seq, 0);
});

test('after a lost response to an erasure no visitor is created, and a retry completes it', async (t) => {
  const { client, state, storage, runtime } = setUp(t);
  client.connect();
  await runtime.pass(100);
  const id = 'a';
  await client.submit({ id, session: 's', input: { kind: 'message', id, at: TIME, text: 'Halo' } });
  state.losesAnswers = true;
  await assert.rejects(eraseVisitor(client), { code: 'network' });
  assert.notEqual(await storage.read('visitor'), undefined, 'the result is not known');
  // Stream and outbox learn that the host does not know the visitor any more.
  await runtime.pass(30 * 60_000);
  assert.equal(state.visitors, 1);
  await eraseVisitor(client);
  assert.deepEqual(
    [state.visitors, await storage.read('visitor'), await storage.rows.all()],
    [1, undefined, []],
  );
});

test('after a rejected erasure the client continues unchanged', async (t) => {
  const { client, state, runtime } = setUp(t);
  client.connect();
  await runtime.pass(100);
  state.refusesToErase = true;
  await assert.rejects(eraseVisitor(client), { code: 'overloaded', status: 503 });
  state.erased = true;
  await client.older(5).catch(() => {});
  assert.equal(state.visitors, 2, 'an unknown visitor gets a new id');
});

test('an erasure without a visitor sends no request', async (t) => {
  const { client, calls } = setUp(t);
  await eraseVisitor(client);
  assert.deepEqual(calls, []);
});
