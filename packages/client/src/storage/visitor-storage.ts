import type { OutboxRows } from '../outbox/outbox-rows.ts';

/** What a visitor client keeps on the device. Values are plain, cloneable data. */
export interface VisitorStorage {
  /** False when everything is gone with the page. */
  readonly durable: boolean;
  readonly rows: OutboxRows;
  read<T>(key: string): Promise<T | undefined>;
  write(key: string, value: unknown): Promise<void>;
  /** Replaces a value by what `change` makes of it, while no other tab does, and gives what stands then. */
  update<T>(key: string, change: (current: T | undefined) => T): Promise<T>;
  /** Deletes everything, outbox included, and closes. */
  clear(): Promise<void>;
  close(): void;
}

/** Keys that begin like this hold what can be fetched again; they go first when space runs out. */
export const CACHE_PREFIX = 'cache:';
