import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { toJson } from '../request.ts';
import { uniqueId } from '../unique-id.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { CACHE_PREFIX, type VisitorStorage } from './visitor-storage.ts';

/** What the tab keeps between its pages. */
interface Kept {
  /** Tells this tab from a copy of it. */
  tab: string;
  rows: OutboxEntry[];
  values: [string, unknown][];
}

/**
 * Storage that lives as long as its tab, in `sessionStorage`. A tab that was duplicated comes with a copy of
 * it: two that go on as one visitor would end one another's tokens, so the copy begins anew (where the page
 * has Web Locks to find that out).
 */
export async function openTabStorage(
  name: string,
  onFallback: () => void,
  locks: LockManager | undefined = globalThis.navigator?.locks,
): Promise<VisitorStorage> {
  // The bare name marks that somebody has been here (`visitor-marker.ts`).
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

  async function save() {
    if (isCleared) return;
    const rows = await memory.rows.all();
    // What was still on its way brings nothing back.
    if (isCleared) return;
    try {
      write(rows, [...values]);
    } catch {
      try {
        // What can be fetched again goes before what cannot.
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
  }
  /** Holds the tab's name until the page goes away; null when another page holds it. */
  async function claim(tab: string): Promise<(() => void) | null> {
    if (!locks) return () => {};
    return new Promise((resolve, reject) => {
      locks
        .request(`${name}|${tab}`, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((letGo) => resolve(letGo));
        })
        .catch(reject);
    });
  }
  // A page that holds a lock is not kept for the way back.
  const leave = () => release?.();
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void claim(kept.tab).then((letGo) => (release = letGo));
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  function close() {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
    leave();
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

/** What is there, or the empty beginning of something new. */
function read(key: string): Kept {
  const fresh = { tab: uniqueId(Date.now()), rows: [], values: [] };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Kept>) };
  } catch {
    return fresh;
  }
}
