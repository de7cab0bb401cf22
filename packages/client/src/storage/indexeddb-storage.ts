import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { CACHE_PREFIX, type VisitorStorage } from './visitor-storage.ts';

type Store = 'values' | 'outbox';

/**
 * Waits between attempts after room was made, in milliseconds: browsers count what was deleted a little
 * later.
 */
const ROOM_WAITS_MS = [0, 50, 200, 500, 1_000, 2_000];

function isQuotaError(error: unknown): boolean {
  return (error as Error | null)?.name === 'QuotaExceededError';
}

/** Opens (and makes, if need be) the database `name`. Rejects where IndexedDB is missing or refused. */
export async function openIndexedDbStorage(name: string): Promise<VisitorStorage> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('values');
    opening.result.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
  };
  const db = await resultOf(opening);
  db.onversionchange = () => db.close();

  /** One transaction on one store: what `act` asks for, once all of it is on the disk. */
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
   * A transaction of one request, and no more to come: it ends even if the page is put aside meanwhile. One
   * that waits for its page, in Safari's back/forward cache, keeps the next page from writing anything.
   */
  function ask<T>(store: Store, mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>) {
    return transact(store, mode, (rows, transaction) => {
      const answer = resultOf(request(rows));
      transaction.commit?.();
      return answer;
    });
  }
  /** Whether a full storage gave up its cache. Writes that fail at the same time wait for that room too. */
  let hasMadeRoom = false;
  /** Makes room: what can be fetched again goes before what cannot. */
  async function deleteCache(): Promise<void> {
    const count = await ask('values', 'readonly', (values) => values.count(keysWith(CACHE_PREFIX)));
    if (count === 0) return;
    hasMadeRoom = true;
    await ask('values', 'readwrite', (values) => values.delete(keysWith(CACHE_PREFIX)));
  }
  /** Writes; when the storage is full, makes room and tries again. */
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
      all: () => ask<OutboxEntry[]>('outbox', 'readonly', (rows) => rows.getAll()),
      add: (entry) => keep(async () => Number(await ask('outbox', 'readwrite', (rows) => rows.add(entry)))),
      put: (entry) =>
        keep(() =>
          transact('outbox', 'readwrite', async (rows) => {
            if (await resultOf(rows.getKey(entry.order))) await resultOf(rows.put(entry));
          }),
        ),
      delete: (order) => ask('outbox', 'readwrite', (rows) => rows.delete(order)),
    },
    read: <T>(key: string) => ask<T | undefined>('values', 'readonly', (values) => values.get(key)),
    readAll: <T>(prefix: string) =>
      ask<T[]>('values', 'readonly', (values) => values.getAll(keysWith(prefix))),
    async write(key, value) {
      if (value === undefined) await ask('values', 'readwrite', (values) => values.delete(key));
      else await keep(() => ask('values', 'readwrite', (values) => values.put(value, key)));
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
        await ask('outbox', 'readwrite', (rows) => rows.clear());
        await ask('values', 'readwrite', (values) => values.clear());
      } finally {
        // The name says whose it was. A frozen tab may keep the empty shell for a while; nobody waits for
        // that.
        db.close();
        indexedDB.deleteDatabase(name);
      }
    },
    close: () => db.close(),
  };
}

/** The range of all keys that begin with `prefix`. */
function keysWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

/** A request's result as a promise. Inside a transaction, await nothing else in between, or it commits. */
function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
