import type { OutboxRows } from '../outbox/outbox-rows.ts';

/** What the client of a visitor or an agent keeps on the device. Values are plain, cloneable data. */
export interface VisitorStorage {
  /** False when everything is gone with the page. */
  readonly durable: boolean;
  readonly rows: OutboxRows;
  read<T>(key: string): Promise<T | undefined>;
  /** Returns the values of all keys that begin with `prefix`, in the order of the keys. */
  readAll<T>(prefix: string): Promise<T[]>;
  /** Stores a value; `undefined` deletes the key. */
  write(key: string, value: unknown): Promise<void>;
  /** Replaces a value by what `change` makes of it, while no other tab does, and gives what stands then. */
  update<T>(key: string, change: (current: T | undefined) => T): Promise<T>;
  /** Deletes everything, outbox included, and closes. */
  clear(): Promise<void>;
  close(): void;
}

/** Keys that begin like this hold what can be fetched again; they go first when space runs out. */
export const CACHE_PREFIX = 'cache:';
