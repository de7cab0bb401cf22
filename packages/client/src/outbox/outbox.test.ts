import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnResult } from '@alur/protocol';
import * as fc from 'fast-check';
import { ClientError } from '../client-error.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { fakeRuntime, settle } from '../testing/fake-runtime.ts';
import { Outbox, type OutboxPatch } from './outbox.ts';
import type { OutboxEntry, OutboxRows, QueuedTurn } from './outbox-rows.ts';

const turn = (id: string): QueuedTurn => ({
  id,
  session: 's',
  input: { kind: 'message', id, at: '2026-02-03T04:05:06.000Z', text: id },
});

/** A host that accepts each id once and numbers accepted turns. `fate` decides the result of an attempt. */
function fakeHost(fate: () => Fate) {
  const taken: string[] = [];
  return {
    taken,
    async deliver(entry: OutboxEntry, seq: number): Promise<TurnResult | undefined> {
      const what = fate();
      if (what === 'request lost') throw new ClientError('network', what);
      if (what === 'busy') throw new ClientError('overloaded', what, { status: 503, retryAfterMs: 2_000 });
      if (what === 'invalid' && !taken.includes(entry.id))
        throw new ClientError('invalid_request', what, { status: 400 });
      if (!taken.includes(entry.id)) {
        if (seq > taken.length + 1) {
          const expected = taken.length + 1;
          throw new ClientError('sequence_gap', what, {
            status: 409,
            problem: { type: '', title: '', status: 409, code: 'sequence_gap', expected },
          });
        }
        taken.push(entry.id);
      }
      if (what === 'answer lost') throw new ClientError('network', what);
      return { turnId: entry.id, seq: taken.length } as TurnResult;
    },
  };
}
type Fate = 'delivered' | 'request lost' | 'answer lost' | 'busy' | 'invalid';

function outboxOn(
  rows: OutboxRows,
  deliver: (entry: OutboxEntry, seq: number) => Promise<TurnResult | undefined>,
  onPatch: (patch: OutboxPatch) => void = () => {},
) {
  const runtime = fakeRuntime();
  const outbox = new Outbox({ runtime, rows: async () => rows, deliver, onPatch, onFault() {} });
  return { runtime, outbox };
}

const ids = (outbox: Outbox) => outbox.entries.map(({ id, state }) => `${id} ${state}`);

test('any schedule of failures delivers each entry once and in order', async () => {
  const fates = fc.constantFrom<Fate>('delivered', 'request lost', 'answer lost', 'busy');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fates, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      async (schedule, count) => {
        const host = fakeHost(() => schedule.shift() ?? 'delivered');
        const { outbox, runtime } = outboxOn(createMemoryStorage().rows, host.deliver);
        await outbox.setDraining(true);
        const wanted = Array.from({ length: count }, (_, i) => `turn-${i}`);
        for (const id of wanted) {
          await outbox.append(id, { kind: 'turn', turn: turn(id) });
          await runtime.pass(700);
        }
        await runtime.pass(40 * 60_000);
        assert.deepEqual(host.taken, wanted);
        assert.deepEqual(outbox.entries, []);
        assert.equal(runtime.timers, 0);
      },
    ),
    { numRuns: 150 },
  );
});

test('a crash at any time loses nothing: the next draining tab continues from the stored rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Fate>('delivered', 'request lost', 'answer lost'), { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 6 }),
      async (schedule, lives) => {
        const host = fakeHost(() => schedule.shift() ?? 'delivered');
        const { rows } = createMemoryStorage();
        const wanted: string[] = [];
        for (const [life, ms] of lives.entries()) {
          const { outbox, runtime } = outboxOn(rows, host.deliver);
          await outbox.setDraining(true);
          for (const n of [1, 2]) {
            const id = `turn-${life}-${n}`;
            wanted.push(id);
            await outbox.append(id, { kind: 'turn', turn: turn(id) });
          }
          await runtime.pass(ms);
          // Simulates a crash: the outbox stops without any other call.
          outbox.stop();
        }
        const { outbox, runtime } = outboxOn(rows, host.deliver);
        await outbox.setDraining(true);
        await runtime.pass(40 * 60_000);
        assert.deepEqual(host.taken, wanted);
      },
    ),
    { numRuns: 100 },
  );
});

test('a permanently rejected entry is set aside, later entries are sent, and it can be retried or removed', async () => {
  const schedule: Fate[] = ['invalid'];
  const host = fakeHost(() => schedule.shift() ?? 'delivered');
  const { outbox } = outboxOn(createMemoryStorage().rows, host.deliver);
  await outbox.setDraining(true);
  await outbox.append('bad', { kind: 'turn', turn: turn('bad') });
  await outbox.append('good', { kind: 'turn', turn: turn('good') });
  await settle();
  assert.deepEqual(host.taken, ['good']);
  assert.deepEqual(ids(outbox), ['bad failed']);
  assert.equal(outbox.entries[0]!.fault?.code, 'invalid_request');

  await outbox.retry('bad');
  await settle();
  assert.deepEqual(host.taken, ['good', 'bad']);

  schedule.push('invalid');
  await outbox.append('worse', { kind: 'turn', turn: turn('worse') });
  await settle();
  assert.equal((await outbox.discard('worse'))?.id, 'worse');
  assert.deepEqual(outbox.entries, []);
});

test('an entry is deleted only after the host has accepted it', async () => {
  let take: (result: TurnResult) => void = () => {};
  const storage = createMemoryStorage();
  const { outbox } = outboxOn(storage.rows, () => new Promise((resolve) => (take = resolve)));
  await outbox.setDraining(true);
  await outbox.append('a', { kind: 'turn', turn: turn('a') });
  await settle();
  assert.deepEqual(ids(outbox), ['a sending']);
  assert.equal((await storage.rows.all())[0]?.state, 'queued', 'after a crash it is sent again');
  take({ turnId: 'a', seq: 1 } as TurnResult);
  await settle();
  assert.deepEqual(await storage.rows.all(), []);
});

test('a read mark replaces an older one that covers less', async () => {
  const { outbox } = outboxOn(createMemoryStorage().rows, async () => undefined);
  await outbox.append('r1', { kind: 'read', upTo: 1 });
  await outbox.append('r2', { kind: 'read', upTo: 2 });
  assert.deepEqual(ids(outbox), ['r2 queued']);
  await outbox.append('r3', { kind: 'read', upTo: 1 });
  assert.deepEqual(ids(outbox), ['r2 queued', 'r3 queued']);
});

test('a rating and an end are sent after earlier turns, and each keeps its id over retries', async () => {
  const schedule: Fate[] = ['request lost', 'delivered', 'answer lost', 'delivered', 'answer lost'];
  const host = fakeHost(() => schedule.shift() ?? 'delivered');
  const sent: string[] = [];
  const { outbox, runtime } = outboxOn(createMemoryStorage().rows, (entry, seq) => {
    sent.push(`${entry.kind} ${entry.id}`);
    return host.deliver(entry, seq);
  });
  await outbox.append('t1', { kind: 'turn', turn: turn('t1') });
  await outbox.append('r1', { kind: 'rating', note: { session: 's', score: 4 } });
  await outbox.append('e1', { kind: 'end', note: { session: 's' } });
  await outbox.append('t2', { kind: 'turn', turn: turn('t2') });
  await outbox.setDraining(true);
  await runtime.pass(60_000);
  assert.deepEqual(host.taken, ['t1', 'r1', 'e1', 't2']);
  assert.deepEqual(sent, ['turn t1', 'turn t1', 'rating r1', 'rating r1', 'end e1', 'end e1', 'turn t2']);
  assert.deepEqual(outbox.entries, []);
});

test('rows that are read during a failing attempt do not reset the wait from the host', async () => {
  const { rows } = createMemoryStorage();
  // Like IndexedDB: one operation after another, each asynchronous.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const done = last.then(settle).then(action);
    last = done;
    return done;
  };
  const slow: OutboxRows = {
    add: (entry) => inTurn(() => rows.add(entry)),
    put: (entry) => inTurn(() => rows.put(entry)),
    delete: (order) => inTurn(() => rows.delete(order)),
    all: () => inTurn(() => rows.all()),
  };
  let attempts = 0;
  let refuse: (reason: unknown) => void = () => {};
  const { outbox, runtime } = outboxOn(slow, () => {
    attempts += 1;
    return new Promise((_, reject) => (refuse = reject));
  });
  await outbox.setDraining(true);
  await outbox.append('a', { kind: 'turn', turn: turn('a') });
  const reading = outbox.load();
  refuse(new ClientError('rate_limited', 'busy', { status: 429, retryAfterMs: 20_000 }));
  await reading;
  await settle();
  outbox.retryNow();
  await runtime.pass(19_000);
  assert.equal(attempts, 1);
  await runtime.pass(4_000);
  assert.equal(attempts, 2);
});

test('during a wait from the host nothing is sent, neither manual retries nor replaced entries', async () => {
  const busy = () => new ClientError('rate_limited', 'busy', { status: 429, retryAfterMs: 20_000 });
  const errors = [new ClientError('invalid_request', 'no', { status: 400 }), busy()];
  const sent: string[] = [];
  const { outbox, runtime } = outboxOn(createMemoryStorage().rows, async (entry) => {
    sent.push(entry.id);
    const error = errors.shift();
    if (error) throw error;
    return undefined;
  });
  await outbox.setDraining(true);
  await outbox.append('bad', { kind: 'rating', note: { session: 's', score: 1 } });
  await settle();
  await outbox.append('r1', { kind: 'read', upTo: 1 });
  await settle();
  assert.deepEqual(ids(outbox), ['bad failed', 'r1 queued']);
  await outbox.retry('bad');
  await outbox.append('r2', { kind: 'read', upTo: 2 });
  await outbox.append('t', { kind: 'turn', turn: turn('t') });
  outbox.retryNow();
  await runtime.pass(19_999);
  assert.deepEqual(sent, ['bad', 'r1']);
  await runtime.pass(2_001);
  assert.deepEqual(sent, ['bad', 'r1', 'bad', 'r2', 't']);
});

test('the wait from the host applies if another tab replaced the entry during the attempt', async () => {
  const { rows } = createMemoryStorage();
  const sent: string[] = [];
  let refuse: (reason: unknown) => void = () => {};
  const leader = outboxOn(rows, ({ id }) => {
    sent.push(id);
    return sent.length > 1 ? Promise.resolve(undefined) : new Promise((_, reject) => (refuse = reject));
  });
  // Its patches are still pending when it appends.
  const late: OutboxPatch[] = [];
  const follower = outboxOn(rows, assert.fail, (patch) => late.push(patch)).outbox;
  await leader.outbox.append('r1', { kind: 'read', upTo: 1 });
  await follower.load();
  await leader.outbox.setDraining(true);
  await follower.append('r2', { kind: 'read', upTo: 2 });
  refuse(new ClientError('rate_limited', 'busy', { status: 429, retryAfterMs: 20_000 }));
  await settle();
  for (const patch of late) leader.outbox.receive(patch);
  await leader.runtime.pass(19_999);
  assert.deepEqual([sent, ids(leader.outbox)], [['r1'], ['r2 queued']]);
  await leader.runtime.pass(2_001);
  assert.deepEqual(sent, ['r1', 'r2']);
});

test('entries of another tab are sent by the draining tab, which reports it to that tab', async () => {
  const { rows } = createMemoryStorage();
  const host = fakeHost(() => 'delivered');
  const patches: OutboxPatch[] = [];
  const leader = outboxOn(rows, host.deliver, (patch) => patches.push(patch)).outbox;
  const follower = outboxOn(rows, host.deliver, (patch) => leader.receive(patch)).outbox;
  await leader.setDraining(true);
  await follower.append('a', { kind: 'turn', turn: turn('a') });
  await settle();
  let settled = false;
  void follower.settled().then(() => (settled = true));
  for (const patch of patches) follower.receive(patch);
  assert.deepEqual(host.taken, ['a']);
  assert.deepEqual([leader.entries, follower.entries], [[], []]);
  await settle();
  assert.equal(settled, true, 'the waiting caller is notified');
});

test('a caller that waits for the queue is notified when nothing can be sent', async () => {
  const schedule: Fate[] = ['request lost', 'delivered', 'invalid'];
  const host = fakeHost(() => schedule.shift() ?? 'delivered');
  const { outbox, runtime } = outboxOn(createMemoryStorage().rows, host.deliver);
  await outbox.setDraining(true);
  for (const id of ['a', 'b']) await outbox.append(id, { kind: 'turn', turn: turn(id) });
  let settled = false;
  void outbox.settled().then(() => (settled = true));
  await settle();
  assert.equal(settled, false);
  await runtime.pass(60_000);
  assert.equal(settled, true);
});

test('a caller that waits for the queue is notified when sending has stopped, and a later caller at once', async () => {
  const { outbox } = outboxOn(createMemoryStorage().rows, fakeHost(() => 'request lost').deliver);
  await outbox.setDraining(true);
  await outbox.append('a', { kind: 'turn', turn: turn('a') });
  let settled = 0;
  void outbox.settled().then(() => (settled += 1));
  await settle();
  assert.equal(settled, 0);
  outbox.stop();
  await settle();
  assert.equal(settled, 1);
  void outbox.settled().then(() => (settled += 1));
  await settle();
  assert.equal(settled, 2);
});

/** Rows whose next `add` completes when `kept` is called. */
function slowRows(): OutboxRows & { kept(): void } {
  const { rows } = createMemoryStorage();
  let kept = () => {};
  const isKept = new Promise<void>((resolve) => (kept = resolve));
  return { ...rows, add: async (entry) => (await isKept, rows.add(entry)), kept: () => kept() };
}

test('an entry that is being stored when the page unloads is sent at once, and again by the next page', async () => {
  const host = fakeHost(() => 'delivered');
  const rows = slowRows();
  const { outbox } = outboxOn(rows, host.deliver);
  await outbox.setDraining(true);
  const appended = outbox.append('last word', { kind: 'turn', turn: turn('last word') });
  await settle();
  assert.deepEqual(host.taken, []);
  outbox.lastChance();
  await settle();
  assert.deepEqual(host.taken, ['last word']);
  outbox.stop();
  rows.kept();
  await appended;

  let answers = 0;
  const { outbox: next } = outboxOn(rows, (entry, seq) => ((answers += 1), host.deliver(entry, seq)));
  await next.setDraining(true);
  await next.settled();
  assert.deepEqual([host.taken, answers, next.entries], [['last word'], 1, []]);
});

test('an entry that is being stored overtakes no waiting entry', async () => {
  const sent: string[] = [];
  const rows = slowRows();
  const { rows: quick } = createMemoryStorage();
  const { outbox } = outboxOn(
    { ...quick, add: (entry) => (entry.id === 'second' ? rows : quick).add(entry) },
    (entry) => {
      sent.push(entry.id);
      return new Promise(() => {});
    },
  );
  await outbox.setDraining(true);
  await outbox.append('first', { kind: 'turn', turn: turn('first') });
  void outbox.append('second', { kind: 'turn', turn: turn('second') });
  await settle();
  outbox.lastChance();
  await settle();
  assert.deepEqual(sent, ['first']);
});

test('an entry that is being stored when the queue stops is not sent, also not on page unload', async () => {
  const host = fakeHost(() => 'delivered');
  const rows = slowRows();
  const { outbox } = outboxOn(rows, host.deliver);
  await outbox.setDraining(true);
  void outbox.append('a', { kind: 'turn', turn: turn('a') });
  await settle();
  outbox.stop();
  outbox.lastChance();
  await settle();
  assert.deepEqual(host.taken, []);
});

test('an entry that is added while rows are being read is kept', async () => {
  const storage = createMemoryStorage();
  let release = () => {};
  const slowly: OutboxRows = {
    ...storage.rows,
    async all() {
      const rows = await storage.rows.all();
      await new Promise<void>((resolve) => (release = resolve));
      return rows;
    },
  };
  const { outbox } = outboxOn(slowly, fakeHost(() => 'delivered').deliver);
  const loading = outbox.load();
  await settle();
  await outbox.append('a', { kind: 'turn', turn: turn('a') });
  release();
  await loading;
  assert.deepEqual(ids(outbox), ['a queued']);
});
