import type { OutboxRows } from '../outbox/outbox-rows.ts';

/** Device storage of a visitor's or agent's client. Values are plain, cloneable data. */
export interface VisitorStorage {
  /** Whether the data survives the page. */
  readonly durable: boolean;
  readonly rows: OutboxRows;
  read<T>(key: string): Promise<T | undefined>;
  /** Returns the values of all keys that begin with `prefix`, in the order of the keys. */
  readAll<T>(prefix: string): Promise<T[]>;
  /** Stores a value; `undefined` deletes the key. */
  write(key: string, value: unknown): Promise<void>;
  /** Replaces a value with the result of `change`, atomically across tabs. Returns the stored value. */
  update<T>(key: string, change: (current: T | undefined) => T): Promise<T>;
  /** Deletes everything, outbox included, and closes the storage. */
  clear(): Promise<void>;
  close(): void;
}

/** Prefix of keys whose values can be fetched again. They are deleted first when space runs out. */
export const CACHE_PREFIX = 'cache:';
