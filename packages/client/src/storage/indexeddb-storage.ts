import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { CACHE_PREFIX, type VisitorStorage } from './visitor-storage.ts';

type Store = 'values' | 'outbox';

/** Waits between attempts after data was deleted, in milliseconds. Browsers update the quota with a delay. */
const ROOM_WAITS_MS = [0, 50, 200, 500, 1_000, 2_000];

function isQuotaError(error: unknown): boolean {
  return (error as Error | null)?.name === 'QuotaExceededError';
}

/** Opens the database `name` and creates it if necessary. Rejects if IndexedDB is missing or blocked. */
export async function openIndexedDbStorage(name: string): Promise<VisitorStorage> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('values');
    opening.result.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
  };
  const db = await resultOf(opening);
  db.onversionchange = () => db.close();

  /**
   * Runs `act` in one transaction on one store. Resolves with its result when the transaction is complete.
   */
  async function transact<T>(
    store: Store,
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore, transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> {
    const transaction = db.transaction(store, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error));
    });
    const [answer] = await Promise.all([act(transaction.objectStore(store), transaction), done]);
    return answer;
  }
  /**
   * Runs a transaction of one request and commits it immediately, so that it ends even if the page enters the
   * back/forward cache. In Safari, an open transaction of a cached page blocks the writes of the next page.
   */
  function requestOnce<T>(
    store: Store,
    mode: IDBTransactionMode,
    request: (store: IDBObjectStore) => IDBRequest<T>,
  ) {
    return transact(store, mode, (rows, transaction) => {
      const answer = resultOf(request(rows));
      transaction.commit?.();
      return answer;
    });
  }
  /**
   * Whether the cache was deleted to free space. Writes that fail at the same time wait for that space too.
   */
  let hasMadeRoom = false;
  /** Frees space: deletes the values that can be fetched again. */
  async function deleteCache(): Promise<void> {
    const count = await requestOnce('values', 'readonly', (values) => values.count(keysWith(CACHE_PREFIX)));
    if (count === 0) return;
    hasMadeRoom = true;
    await requestOnce('values', 'readwrite', (values) => values.delete(keysWith(CACHE_PREFIX)));
  }
  /** Writes. When the quota is exceeded, frees space and tries again. */
  async function keep<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      await deleteCache();
      for (const ms of hasMadeRoom ? ROOM_WAITS_MS : [0]) {
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        try {
          return await write();
        } catch (again) {
          if (!isQuotaError(again)) throw again;
        }
      }
      throw error;
    }
  }
  return {
    durable: true,
    rows: {
      all: () => requestOnce<OutboxEntry[]>('outbox', 'readonly', (rows) => rows.getAll()),
      add: (entry) =>
        keep(async () => Number(await requestOnce('outbox', 'readwrite', (rows) => rows.add(entry)))),
      put: (entry) =>
        keep(() =>
          transact('outbox', 'readwrite', async (rows) => {
            if (await resultOf(rows.getKey(entry.order))) await resultOf(rows.put(entry));
          }),
        ),
      delete: (order) => requestOnce('outbox', 'readwrite', (rows) => rows.delete(order)),
    },
    read: <T>(key: string) => requestOnce<T | undefined>('values', 'readonly', (values) => values.get(key)),
    readAll: <T>(prefix: string) =>
      requestOnce<T[]>('values', 'readonly', (values) => values.getAll(keysWith(prefix))),
    async write(key, value) {
      if (value === undefined) await requestOnce('values', 'readwrite', (values) => values.delete(key));
      else await keep(() => requestOnce('values', 'readwrite', (values) => values.put(value, key)));
    },
    update: (key, change) =>
      keep(() =>
        transact('values', 'readwrite', async (values) => {
          const value = change(await resultOf(values.get(key)));
          await resultOf(values.put(value, key));
          return value;
        }),
      ),
    async clear() {
      try {
        await requestOnce('outbox', 'readwrite', (rows) => rows.clear());
        await requestOnce('values', 'readwrite', (values) => values.clear());
      } finally {
        // The database name contains the visitor's identity, so the database is deleted too. A frozen tab may
        // delay that; do not wait for it.
        db.close();
        indexedDB.deleteDatabase(name);
      }
    },
    close: () => db.close(),
  };
}

/** Returns the range of all keys that begin with `prefix`. */
function keysWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

/** Converts a request to a promise. Do not await anything else in a transaction, or it commits. */
function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
