import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { toJson } from '../request.ts';
import { uniqueId } from '../unique-id.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { CACHE_PREFIX, type VisitorStorage } from './visitor-storage.ts';

/** Data that the tab keeps between its pages. */
interface Kept {
  /** Distinguishes this tab from a duplicate of it. */
  tab: string;
  rows: OutboxEntry[];
  values: [string, unknown][];
}

/**
 * Opens storage in `sessionStorage` that lasts as long as its tab. A duplicated tab starts with a copy of it.
 * Two tabs with the same visitor would invalidate one another's tokens, so the duplicate starts with empty
 * storage. This needs Web Locks; without them duplicates are not detected.
 */
export async function openTabStorage(
  name: string,
  onFallback: () => void,
  locks: LockManager | undefined = globalThis.navigator?.locks,
): Promise<VisitorStorage> {
  // The name without suffix is the mark that a visitor exists (`visitor-marker.ts`).
  const key = `${name}|kept`;
  let kept = read(key);
  let release = await claim(kept.tab);
  if (!release) {
    kept = { tab: uniqueId(Date.now()), rows: [], values: [] };
    release = await claim(kept.tab);
  }
  const values = new Map(kept.values);
  const memory = createMemoryStorage(kept.rows, values);
  let durable = true;
  let isCleared = false;
  /** Whether `sessionStorage` has the data of this storage. */
  let isStored = isKept(key, kept.tab);

  async function save() {
    if (isCleared) return;
    const rows = await memory.rows.all();
    // A pending save must not restore deleted data.
    if (isCleared) return;
    try {
      write(rows, [...values]);
    } catch {
      try {
        // Drop the values that can be fetched again.
        write(
          rows,
          [...values].filter(([what]) => !what.startsWith(CACHE_PREFIX)),
        );
      } catch {
        if (durable) onFallback();
        durable = false;
      }
    }
  }
  function write(rows: OutboxEntry[], entries: [string, unknown][]) {
    sessionStorage.setItem(key, toJson({ tab: kept.tab, rows, values: entries } satisfies Kept));
    isStored = true;
  }
  /** Holds the tab's lock until the page is closed. Resolves with null when another page holds it. */
  async function claim(tab: string): Promise<(() => void) | null> {
    if (!locks) return () => {};
    return new Promise((resolve, reject) => {
      locks
        .request(`${name}|${tab}`, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((unlock) => resolve(unlock));
        })
        .catch(reject);
    });
  }
  // Browsers do not cache a page that holds a lock, so release it when the page is hidden.
  const releaseTab = () => release?.();
  const returnFromCache = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    if (isStored && !isKept(key, kept.tab)) {
      // Another page of this tab has deleted the data.
      isCleared = true;
      values.clear();
    } else void claim(kept.tab).then((unlock) => (release = unlock));
  };
  addEventListener('pagehide', releaseTab);
  // In the capture phase, so that other listeners see the current data.
  addEventListener('pageshow', returnFromCache, { capture: true });
  function close() {
    removeEventListener('pagehide', releaseTab);
    removeEventListener('pageshow', returnFromCache, { capture: true });
    releaseTab();
  }

  const saving =
    <Arguments extends unknown[], Answer>(act: (...given: Arguments) => Promise<Answer>) =>
    async (...given: Arguments) => {
      const answer = await act(...given);
      await save();
      return answer;
    };
  return {
    get durable() {
      return durable;
    },
    rows: {
      all: memory.rows.all,
      add: saving(memory.rows.add),
      put: saving(memory.rows.put),
      delete: saving(memory.rows.delete),
    },
    read: memory.read,
    readAll: memory.readAll,
    write: saving(memory.write),
    async update(key, change) {
      const value = await memory.update(key, change);
      await save();
      return value;
    },
    async clear() {
      isCleared = true;
      close();
      await memory.clear();
      sessionStorage.removeItem(key);
    },
    close,
  };
}

/** Returns whether the stored data belongs to the tab with this id. */
function isKept(key: string, tab: string): boolean {
  return read(key).tab === tab;
}

/** Returns the stored data, or empty data with a new tab id. */
function read(key: string): Kept {
  const fresh = { tab: uniqueId(Date.now()), rows: [], values: [] };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Kept>) };
  } catch {
    return fresh;
  }
}
