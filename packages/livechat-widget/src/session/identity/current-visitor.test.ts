import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueuedTurn, VisitorStorage } from '@alur/client';
import { createMemoryStorage } from '@alur/client/internal';
import { answer, fakeRuntime } from '../../../../client/src/testing/fake-runtime.ts';
import { CurrentVisitor } from './current-visitor.ts';
import * as identify from './identify-visitor.ts';

const TIME = '2026-02-03T04:05:06.000Z';

/** Creates a visitor on a device with memory storage only, and records the host's requests. */
function setUp() {
  const calls: string[] = [];
  const turns: string[] = [];
  const changes: string[] = [];
  const stores = new Map<string, VisitorStorage>();
  const host = { isBusy: true };
  const runtime = fakeRuntime({
    fetch: async (input, init) => {
      const path = String(input).split('/').at(-1)!;
      calls.push(`${init?.method ?? 'GET'} ${path}`);
      if (path === 'visitors')
        return answer(201, {
          visitorId: 'v',
          token: 't',
          refreshToken: 'r',
          expiresIn: 900,
          serverTime: TIME,
        });
      if (host.isBusy) return answer(503, { code: 'overloaded' });
      if (path !== 'turns') return answer(204);
      turns.push((JSON.parse(String(init!.body)) as QueuedTurn).id);
      return answer(200, { turnId: turns.at(-1), seq: turns.length });
    },
  });
  const storage = async (name: string) => {
    const store = stores.get(name) ?? createMemoryStorage();
    stores.set(name, store);
    return store;
  };
  const visitor = new CurrentVisitor(
    {
      host: 'https://host.test',
      inboxId: 'inb',
      emit: () => true as never,
      runtime,
      loadIdentify: async () => identify,
      browser: { storage, locks: undefined, runtime } as never,
    },
    { onSignal() {}, onConsent() {}, onChange: (change) => void changes.push(change) },
  );
  const say = async (id: string) => {
    visitor.client.connect();
    const input = { kind: 'message' as const, id, at: TIME, text: 'Halo' };
    await visitor.client.submit({ id, session: 's', input });
    await runtime.pass(100);
  };
  const kept = async () => {
    const rows = await Promise.all([...stores.values()].map(({ rows }) => rows.all()));
    const records = await Promise.all([...stores.values()].map((store) => store.read('visitor')));
    return rows.flat().length + records.filter(Boolean).length;
  };
  return { visitor, runtime, host, calls, turns, changes, say, kept };
}

const never = () => new Promise<never>(() => {});
const tokenOf = (who: string) => `e30.${btoa(JSON.stringify({ sub: who }))}.x`;

test('withdrawing consent does not wait for a pending identity token', async (t) => {
  const { visitor, runtime, host, turns, say, kept } = setUp();
  t.after(() => visitor.close());
  await say('a');
  assert.equal(await kept(), 2);
  const identified = assert.rejects(visitor.identify(never), /No identity token/);
  const decided = visitor.decide('withdrawn', () => true);
  host.isBusy = false;
  visitor.client.retryNow();
  host.isBusy = true;
  await runtime.pass(1_000);
  await identified;
  assert.equal(await kept(), 0, 'the device is cleared while the host is unreachable');
  assert.equal(visitor.consent.state, 'withdrawn');
  host.isBusy = false;
  visitor.client.retryNow();
  await runtime.pass(60_000);
  await decided;
  assert.deepEqual(turns, []);
  assert.equal(await kept(), 0);
});

test('a visitor who withdraws consent while the host is unreachable is erased when it responds', async (t) => {
  const { visitor, runtime, host, calls, say } = setUp();
  t.after(() => visitor.close());
  await say('a');
  const decided = visitor.decide('withdrawn', () => true);
  await runtime.pass(4_000);
  await decided;
  host.isBusy = false;
  calls.length = 0;
  await runtime.pass(60_000);
  assert.ok(calls.includes('DELETE visitor'), calls.join());
  assert.equal(calls.filter((call) => call === 'DELETE visitor').length, 1);
});

test('granting and denying consent do not wait for a pending identity token', async (t) => {
  const { visitor, runtime } = setUp();
  t.after(() => visitor.close());
  const identified = assert.rejects(visitor.identify(never));
  void visitor.decide('granted', () => false);
  assert.equal(visitor.consent.state, 'granted');
  void visitor.decide('denied', () => false);
  assert.equal(visitor.consent.state, 'denied');
  await runtime.pass(20_000);
  await identified;
});

test('a draft from before a withdrawn consent is not shown to the next visitor', async (t) => {
  const { visitor, runtime, changes } = setUp();
  t.after(() => visitor.close());
  await visitor.identify(async () => tokenOf('ani'));
  const decided = visitor.decide('withdrawn', () => true);
  await runtime.pass(5_000);
  await decided;
  await visitor.identify(async () => tokenOf('budi'));
  assert.equal(changes.at(-1), 'other');
});

test('a visitor who identifies keeps the conversation, also after a withdrawn consent', async (t) => {
  const { visitor, runtime, changes } = setUp();
  t.after(() => visitor.close());
  await visitor.identify(async () => tokenOf('ani'));
  assert.equal(changes.at(-1), 'same');
  const decided = visitor.decide('withdrawn', () => true);
  await runtime.pass(5_000);
  await decided;
  await visitor.identify(async () => tokenOf('ani'));
  assert.equal(changes.at(-1), 'same');
});
