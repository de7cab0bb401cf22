import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { openStorage } from './open-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/**
 * How long a visitor is remembered:
 *
 * - `none`: until the page is closed; nothing is stored;
 * - `tab`: until the tab is closed, in this tab only;
 * - `browser`: until the browser deletes the data, shared by all tabs.
 */
export type Persistence = 'none' | 'tab' | 'browser';

/**
 * Opens the storage for `persist`. Calls `onFallback` when storage that should be durable is not; it returns
 * the rows that the page knows.
 */
export function storageFor(
  persist: Persistence,
  name: string,
  runtime: Runtime,
  onFallback: () => readonly OutboxEntry[],
): Promise<VisitorStorage> {
  if (persist === 'browser') return openStorage(name, runtime, onFallback);
  // Few sites need tab storage, so it is a separate entry (`@alur/client/extras`) that the caller passes in.
  return Promise.resolve(createMemoryStorage());
}
