import type { Runtime } from '../runtime.ts';
import { openIndexedDbStorage } from './indexeddb-storage.ts';
import { createMemoryStorage } from './memory-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/** How long IndexedDB may take to open; Safari is known to hang for ever. */
const OPEN_MS = 2_000;

/** Opens durable storage, or memory when that is missing, refused, or does not answer within 2 s. */
export async function openStorage(
  name: string,
  runtime: Runtime,
  onFallback: () => void,
  open: (name: string) => Promise<VisitorStorage> = openIndexedDbStorage,
): Promise<VisitorStorage> {
  const opening = open(name);
  let late = false;
  // A database that opens after we gave up must not block another tab's upgrade.
  opening.then((storage) => late && storage.close()).catch(() => {});
  const timeout = new Promise<never>((_, reject) =>
    runtime.after(OPEN_MS, () => reject(new Error('IndexedDB'))),
  );
  try {
    return withFallback(await Promise.race([opening, timeout]), onFallback);
  } catch {
    late = true;
    onFallback();
    return createMemoryStorage();
  }
}

/**
 * Storage that goes on in memory from the first operation that fails for good (quota, a database deleted under us).
 * Rows that were kept are taken along; if the device keeps them too, they are sent twice under one id, which is harmless.
 */
function withFallback(durable: VisitorStorage, onFallback: () => void): VisitorStorage {
  let current = durable;

  async function attempt<T>(act: (storage: VisitorStorage) => Promise<T>): Promise<T> {
    try {
      return await act(current);
    } catch {
      if (current === durable) {
        current = createMemoryStorage(await durable.rows.all().catch(() => []));
        onFallback();
      }
      return act(current);
    }
  }
  return {
    get durable() {
      return current.durable;
    },
    rows: {
      all: () => attempt(({ rows }) => rows.all()),
      add: (entry) => attempt(({ rows }) => rows.add(entry)),
      put: (entry) => attempt(({ rows }) => rows.put(entry)),
      delete: (order) => attempt(({ rows }) => rows.delete(order)),
    },
    read: <T>(key: string) => attempt<T | undefined>((storage) => storage.read<T>(key)),
    write: (key, value) => attempt((storage) => storage.write(key, value)),
    update: (key, change) => attempt((storage) => storage.update(key, change)),
    clear: () => attempt((storage) => storage.clear()),
    close: () => current.close(),
  };
}
