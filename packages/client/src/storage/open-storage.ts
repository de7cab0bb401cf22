import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import { openIndexedDbStorage } from './indexeddb-storage.ts';
import { createMemoryStorage } from './memory-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/** How long IndexedDB may take to open; Safari is known to hang for ever. */
const OPEN_MS = 2_000;

/**
 * Opens durable storage, or memory when that is missing, refused, or does not answer within 2 s. `onFallback`
 * hears that nothing is kept any more, and gives the rows that its page knows of.
 */
export async function openStorage(
  name: string,
  runtime: Runtime,
  onFallback: () => readonly OutboxEntry[],
  open: (name: string) => Promise<VisitorStorage> = openIndexedDbStorage,
): Promise<VisitorStorage> {
  const opening = open(name);
  let late = false;
  // A database that opens after we gave up must not block another tab's upgrade.
  opening.then((storage) => late && storage.close()).catch(() => {});
  let waitNoMore = () => {};
  const timeout = new Promise<never>((_, reject) => {
    waitNoMore = runtime.after(OPEN_MS, () => reject(new Error('IndexedDB')));
  });
  try {
    return withFallback(await Promise.race([opening, timeout]), runtime, onFallback);
  } catch {
    late = true;
    onFallback();
    const memory = createMemoryStorage();
    const clear = async () => {
      await memory.clear();
      // What an earlier page kept is to be forgotten, too, should the device come to itself; nobody waits for
      // that.
      void open(name)
        .then((storage) => storage.clear())
        .catch(() => {});
    };
    return { ...memory, clear };
  } finally {
    waitNoMore();
  }
}

/**
 * Storage that goes on in memory from the first operation that fails for good (quota, a database deleted
 * under us). Rows that were kept are taken along; if the device keeps them too, they are sent twice under one
 * id, which is harmless.
 */
function withFallback(
  durable: VisitorStorage,
  runtime: Runtime,
  onFallback: () => readonly OutboxEntry[],
): VisitorStorage {
  let memory: Promise<VisitorStorage> | undefined;

  async function fallBack() {
    const kept = await durable.rows.all().catch(
      // Not even that: then what the page knows. What was kept a moment ago it knows a moment later.
      () => new Promise<void>((resolve) => runtime.after(0, resolve)),
    );
    const known = onFallback();
    return createMemoryStorage(kept ?? known);
  }
  async function attempt<T>(act: (storage: VisitorStorage) => Promise<T>): Promise<T> {
    if (!memory) {
      try {
        const answer = await act(durable);
        // What was kept while the rows were being moved may have missed them, and is done again.
        if (!memory) return answer;
      } catch {
        // All that fail at the same time move to one and the same memory.
        memory ??= fallBack();
      }
    }
    return act(await memory);
  }
  return {
    get durable() {
      return !memory;
    },
    rows: {
      all: () => attempt(({ rows }) => rows.all()),
      add: (entry) => attempt(({ rows }) => rows.add(entry)),
      put: (entry) => attempt(({ rows }) => rows.put(entry)),
      delete: (order) => attempt(({ rows }) => rows.delete(order)),
    },
    read: <T>(key: string) => attempt<T | undefined>((storage) => storage.read<T>(key)),
    readAll: <T>(prefix: string) => attempt<T[]>((storage) => storage.readAll<T>(prefix)),
    write: (key, value) => attempt((storage) => storage.write(key, value)),
    update: (key, change) => attempt((storage) => storage.update(key, change)),
    async clear() {
      await (await memory)?.clear();
      // What was kept before memory stood in is forgotten with it.
      await durable.clear().catch(() => {});
    },
    close: durable.close,
  };
}
