import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { fakeRuntime } from '../testing/fake-runtime.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { openStorage } from './open-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

const ENTRY = {
  id: 'a',
  kind: 'read',
  upTo: 1,
  state: 'queued',
  queuedAt: 0,
  attempts: 0,
  notBefore: 0,
  waitMs: 0,
};

test('storage that is refused becomes memory, and says so', async () => {
  let told = 0;
  const refuse = () => Promise.reject(new DOMException('no', 'SecurityError'));
  const storage = await openStorage('x', fakeRuntime(), () => (told += 1), refuse);
  assert.equal(storage.durable, false);
  assert.equal(told, 1);
});

test('storage that hangs is given up after 2 s, and closed if it opens later', async () => {
  const runtime = fakeRuntime();
  let arrive: (storage: VisitorStorage) => void = () => {};
  const opening = openStorage(
    'x',
    runtime,
    () => {},
    () => new Promise((resolve) => (arrive = resolve)),
  );
  await runtime.pass(2_000);
  assert.equal((await opening).durable, false);
  let closed = false;
  arrive({ ...createMemoryStorage(), close: () => (closed = true) });
  await runtime.pass(0);
  assert.equal(closed, true);
});

test('storage that breaks later goes on in memory with the rows it had', async () => {
  const memory = createMemoryStorage();
  let broken = false;
  const fragile: VisitorStorage = {
    ...memory,
    durable: true,
    write: (key, value) =>
      broken ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : memory.write(key, value),
  };
  let told = 0;
  const storage = await openStorage(
    'x',
    fakeRuntime(),
    () => (told += 1),
    async () => fragile,
  );
  await storage.rows.add(ENTRY as Omit<OutboxEntry, 'order'>);
  assert.equal(storage.durable, true);
  broken = true;
  await storage.write('cache:x', 1);
  assert.equal(storage.durable, false);
  assert.equal(told, 1);
  assert.equal(await storage.read('cache:x'), 1);
  assert.deepEqual(
    (await storage.rows.all()).map(({ id }) => id),
    ['a'],
  );
});
