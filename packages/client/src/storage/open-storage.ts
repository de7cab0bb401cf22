import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import { openIndexedDbStorage } from './indexeddb-storage.ts';
import { createMemoryStorage } from './memory-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/** Maximum time for IndexedDB to open. Safari can hang forever. */
const OPEN_MS = 2_000;

/**
 * Opens durable storage, or memory when that is missing, blocked, or not open within 2 s. Calls `onFallback`
 * when data is no longer stored; it returns the rows that the page knows.
 */
export async function openStorage(
  name: string,
  runtime: Runtime,
  onFallback: () => readonly OutboxEntry[],
  open: (name: string) => Promise<VisitorStorage> = openIndexedDbStorage,
): Promise<VisitorStorage> {
  const opening = open(name);
  let hasTimedOut = false;
  // A database that opens after the time limit must not block another tab's upgrade.
  opening.then((storage) => hasTimedOut && storage.close()).catch(() => {});
  let cancelTimeout = () => {};
  const timeout = new Promise<never>((_, reject) => {
    cancelTimeout = runtime.after(OPEN_MS, () => reject(new Error('IndexedDB')));
  });
  try {
    return withFallback(await Promise.race([opening, timeout]), runtime, onFallback);
  } catch {
    hasTimedOut = true;
    onFallback();
    const memory = createMemoryStorage();
    const clear = async () => {
      await memory.clear();
      // Also clears what an earlier page stored, if the database opens later. Do not wait for it.
      void open(name)
        .then((storage) => storage.clear())
        .catch(() => {});
    };
    return { ...memory, clear };
  } finally {
    cancelTimeout();
  }
}

/**
 * Returns storage that continues in memory after the first operation that fails permanently (quota, deleted
 * database). Stored rows are copied to memory. If the device keeps them too, they are sent twice under one
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
      // The rows cannot be read: use the rows that the page knows, which it updates in the next task.
      () => new Promise<void>((resolve) => runtime.after(0, resolve)),
    );
    const known = onFallback();
    return createMemoryStorage(kept ?? known);
  }
  async function attempt<T>(act: (storage: VisitorStorage) => Promise<T>): Promise<T> {
    if (!memory) {
      try {
        const answer = await act(durable);
        // A value stored during the move may be missing in memory, so store it again.
        if (!memory) return answer;
      } catch {
        // Operations that fail at the same time share one memory storage.
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
      // Also deletes what was stored before the fallback.
      await durable.clear().catch(() => {});
    },
    close: durable.close,
  };
}
