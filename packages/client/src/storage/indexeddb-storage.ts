import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { CACHE_PREFIX, type VisitorStorage } from './visitor-storage.ts';

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
    store: 'values' | 'outbox',
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    const transaction = db.transaction(store, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error));
    });
    const [answer] = await Promise.all([act(transaction.objectStore(store)), done]);
    return answer;
  }
  /** The same for a write that needs room: what can be fetched again goes before what cannot. */
  async function keep<T>(store: 'values' | 'outbox', act: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      return await transact(store, 'readwrite', act);
    } catch (error) {
      if ((error as Error | null)?.name !== 'QuotaExceededError') throw error;
      const cache = IDBKeyRange.bound(CACHE_PREFIX, `${CACHE_PREFIX}\uffff`);
      await transact('values', 'readwrite', (values) => resultOf(values.delete(cache)));
      return transact(store, 'readwrite', act);
    }
  }
  return {
    durable: true,
    rows: {
      all: () => transact('outbox', 'readonly', (rows) => resultOf<OutboxEntry[]>(rows.getAll())),
      add: (entry) => keep('outbox', async (rows) => Number(await resultOf(rows.add(entry)))),
      put: (entry) =>
        keep('outbox', async (rows) => {
          if (await resultOf(rows.getKey(entry.order))) await resultOf(rows.put(entry));
        }),
      delete: (order) => transact('outbox', 'readwrite', (rows) => resultOf(rows.delete(order))),
    },
    read: <T>(key: string) =>
      transact('values', 'readonly', (values) => resultOf<T | undefined>(values.get(key))),
    async write(key, value) {
      await keep('values', (values) => resultOf(values.put(value, key)));
    },
    lease: (owner, now, ms) =>
      transact('values', 'readwrite', async (values) => {
        const held = await resultOf<{ owner: string; until: number } | undefined>(values.get('lease'));
        // A lease that ends absurdly late was taken by a clock that has been set back since.
        const free = !held || held.owner === owner || held.until <= now || held.until > now + ms * 10;
        if (free) await resultOf(values.put({ owner, until: now + ms }, 'lease'));
        return free;
      }),
    async clear() {
      await transact('outbox', 'readwrite', (rows) => resultOf(rows.clear()));
      await transact('values', 'readwrite', (values) => resultOf(values.clear()));
      // The name says whose it was. A frozen tab may keep the empty shell for a while; nobody waits for that.
      db.close();
      indexedDB.deleteDatabase(name);
    },
    close: () => db.close(),
  };
}

/** A request's result as a promise. Inside a transaction, await nothing else in between, or it commits. */
function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
