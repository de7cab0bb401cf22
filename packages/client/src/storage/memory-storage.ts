import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/** Creates storage in memory, for tests and for devices that cannot store anything. */
export function createMemoryStorage(
  seed: readonly OutboxEntry[] = [],
  values = new Map<string, unknown>(),
): VisitorStorage {
  const rows = new Map<number, OutboxEntry>(seed.map((entry) => [entry.order, entry]));
  let order = Math.max(0, ...rows.keys());
  return {
    durable: false,
    rows: {
      all: async () => [...rows.values()].sort((a, b) => a.order - b.order),
      add: async (entry) => {
        // The row was already stored in the storage from which these rows come, but its result was lost.
        for (const row of rows.values()) if (row.id === entry.id) return row.order;
        order += 1;
        rows.set(order, { ...entry, order } as OutboxEntry);
        return order;
      },
      put: async (entry) => void (rows.has(entry.order) && rows.set(entry.order, entry)),
      delete: async (position) => void rows.delete(position),
    },
    read: async <T>(key: string) => values.get(key) as T | undefined,
    readAll: async <T>(prefix: string) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => value as T),
    write: async (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
    update: async <T>(key: string, change: (current: T | undefined) => T) => {
      const value = change(values.get(key) as T | undefined);
      values.set(key, value);
      return value;
    },
    clear: async () => {
      values.clear();
      rows.clear();
    },
    close() {},
  };
}
