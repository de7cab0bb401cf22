import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { fakeRuntime, type FakeRuntime } from '../testing/fake-runtime.ts';
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

test('blocked storage falls back to memory and reports it', async () => {
  let fallbacks = 0;
  const refuse = () => Promise.reject(new DOMException('no', 'SecurityError'));
  const storage = await openStorage('x', fakeRuntime(), () => ((fallbacks += 1), []), refuse);
  assert.equal(storage.durable, false);
  assert.equal(fallbacks, 1);
});

test('an opened storage leaves no timeout running', async () => {
  const runtime = fakeRuntime();
  await openStorage(
    'x',
    runtime,
    () => [],
    async () => createMemoryStorage(),
  );
  assert.equal(runtime.timers, 0);
});

test('storage that hangs times out after 2 s, and is closed if it opens later', async () => {
  const runtime = fakeRuntime();
  let arrive: (storage: VisitorStorage) => void = () => {};
  const opening = openStorage(
    'x',
    runtime,
    () => [],
    () => new Promise((resolve) => (arrive = resolve)),
  );
  await runtime.pass(2_000);
  assert.equal((await opening).durable, false);
  let closed = false;
  arrive({ ...createMemoryStorage(), close: () => (closed = true) });
  await runtime.pass(0);
  assert.equal(closed, true);
});

test('a visitor who is forgotten while the storage hangs is deleted from it when it opens', async () => {
  const runtime = fakeRuntime();
  const disk = createMemoryStorage();
  await disk.write('visitor', 'of an earlier page');
  const waiting: ((storage: VisitorStorage) => void)[] = [];
  const open = () => new Promise<VisitorStorage>((resolve) => waiting.push(resolve));
  const opening = openStorage('x', runtime, () => [], open);
  await runtime.pass(2_000);
  await (await opening).clear();
  for (const arrive of waiting) arrive(disk);
  await runtime.pass(0);
  assert.equal(await disk.read('visitor'), undefined);
});

test('storage that fails later falls back to memory with its rows', async () => {
  const memory = createMemoryStorage();
  let broken = false;
  const fragile: VisitorStorage = {
    ...memory,
    durable: true,
    write: (key, value) =>
      broken ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : memory.write(key, value),
  };
  let fallbacks = 0;
  const storage = await openStorage(
    'x',
    fakeRuntime(),
    () => ((fallbacks += 1), []),
    async () => fragile,
  );
  await storage.rows.add(ENTRY as Omit<OutboxEntry, 'order'>);
  assert.equal(storage.durable, true);
  broken = true;
  await storage.write('cache:x', 1);
  assert.equal(storage.durable, false);
  assert.equal(fallbacks, 1);
  assert.equal(await storage.read('cache:x'), 1);
  assert.deepEqual(
    (await storage.rows.all()).map(({ id }) => id),
    ['a'],
  );
});

/** Storage in which every operation from `break` on fails, each failure later than the one before. */
function brittle(runtime: FakeRuntime) {
  const disk = createMemoryStorage();
  let broken = false;
  const act = async <T>(work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => runtime.after(5, resolve));
    if (broken) throw new DOMException('gone', 'InvalidStateError');
    return work();
  };
  const { rows } = disk;
  const storage: VisitorStorage = {
    ...disk,
    durable: true,
    rows: {
      all: () => act(rows.all),
      add: (entry) => act(() => rows.add(entry)),
      put: (entry) => act(() => rows.put(entry)),
      delete: (order) => act(() => rows.delete(order)),
    },
    write: (key, value) => act(() => disk.write(key, value)),
    clear: () => disk.clear(),
  };
  return { storage, disk, break: () => (broken = true) };
}
const row = (id: string) => ({ ...ENTRY, id }) as Omit<OutboxEntry, 'order'>;
const idsOf = async (storage: VisitorStorage) => (await storage.rows.all()).map(({ id }) => id);

test('concurrent failures share one memory fallback, and its orders continue after the known rows', async () => {
  const runtime = fakeRuntime();
  const { storage: durable, break: end } = brittle(runtime);
  let fallbacks = 0;
  const known = [{ ...ENTRY, order: 7 } as OutboxEntry];
  const storage = await openStorage(
    'x',
    runtime,
    () => ((fallbacks += 1), known),
    async () => durable,
  );
  end();
  const adding = [storage.rows.add(row('b')), storage.rows.add(row('c'))];
  await runtime.pass(2);
  adding.push(storage.rows.add(row('d')));
  await runtime.pass(100);
  assert.deepEqual(await Promise.all(adding), [8, 9, 10]);
  assert.deepEqual(await idsOf(storage), ['a', 'b', 'c', 'd']);
  assert.equal(fallbacks, 1);
});

test('an entry that is stored while the rows are copied is neither lost nor duplicated', async () => {
  const runtime = fakeRuntime();
  const { storage: durable } = brittle(runtime);
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  const storage = await openStorage(
    'x',
    runtime,
    () => [],
    async () => ({ ...durable, write: full }),
  );
  const adding = storage.rows.add(row('a'));
  await runtime.pass(3);
  const writing = storage.write('visitor', 1);
  await runtime.pass(1);
  const meanwhile = storage.rows.add(row('b'));
  await runtime.pass(100);
  await Promise.all([adding, writing, meanwhile]);
  await storage.rows.add(row('c'));
  assert.deepEqual(await idsOf(storage), ['a', 'b', 'c']);
});

test('a visitor who is forgotten after the fallback to memory is also deleted from the device', async () => {
  const runtime = fakeRuntime();
  const { storage: durable, disk, break: end } = brittle(runtime);
  await disk.write('visitor', 'somebody');
  const storage = await openStorage(
    'x',
    runtime,
    () => [],
    async () => durable,
  );
  end();
  const writing = storage.write('cache:x', 1);
  await runtime.pass(100);
  await writing;
  await storage.clear();
  assert.equal(await disk.read('visitor'), undefined);
  assert.equal(await storage.read('cache:x'), undefined);
});
