import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { openStorage } from './open-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

/**
 * How long a visitor is remembered:
 *
 * - `none`: not beyond the page; nothing is written anywhere;
 * - `tab`: until the tab is closed, by this tab alone;
 * - `browser`: until the browser forgets, by all of its tabs together.
 */
export type Persistence = 'none' | 'tab' | 'browser';

/**
 * Opens the storage that `persist` asks for; what is less than durable though it should be is told by
 * `onFallback`, which gives the rows that its page knows of.
 */
export function storageFor(
  persist: Persistence,
  name: string,
  runtime: Runtime,
  onFallback: () => readonly OutboxEntry[],
): Promise<VisitorStorage> {
  if (persist === 'browser') return openStorage(name, runtime, onFallback);
  // Few sites want a tab's storage: it is apart (`@alur/client/extras`), and given by whoever does.
  return Promise.resolve(createMemoryStorage());
}
