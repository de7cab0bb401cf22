import type { Database } from '../database/database.ts';
import { isId } from '../ids.ts';
import type { Account } from '../operations/accounts.ts';
import type { Inbox } from '../operations/inboxes.ts';
import { isHostProblem, notFound, type HostProblem } from '../problem.ts';
import { tooMany, type Rate, type RateLimiter } from './rate-limit.ts';

/**
 * Things that nearly every call needs, remembered for a moment. Forgotten at once when something is changed
 * here.
 */
export interface Lookups {
  /**
   * The inbox with this id. `address`: the caller's, whose misses are limited. Throws `not_found`,
   * `rate_limited`.
   */
  inbox(inboxId: string, address?: string): Promise<Inbox>;
  /** The account with this id, or null. Throws `rate_limited`. */
  account(accountId: string, address?: string): Promise<Account | null>;
  /** The account whose API key has this hash, or null. */
  accountByKey(hash: string): Promise<Account | null>;
  /**
   * Whether this API key was valid within the last minute: then no limit for wrong keys stands in its way.
   */
  wasValid(hash: string): boolean;
  dashboardOrigins(): Promise<string[]>;
  forget(): void;
}

const REMEMBER_MS = 10_000;
const MAX_REMEMBERED = 10_000;
/** What was found within this time is looked up again without regard to misses. */
const KNOWN_MS = 60_000;

/** What bounds look-ups of things that do not exist. Null: nothing does. */
export interface MissLimit {
  limiter: RateLimiter;
  rate: Rate;
}

/**
 * Makes the look-ups. What does not exist is remembered as well, apart from what does, so that invented ids
 * push nothing out; and an address that asks for many such ids is refused before the database is asked.
 */
export function createLookups(
  database: Database,
  clock: () => number,
  misses: MissLimit | null = null,
): Lookups {
  const found = createMemory<Promise<unknown>>(clock, REMEMBER_MS);
  const missing = createMemory<HostProblem | null>(clock, REMEMBER_MS);
  const known = createMemory<true>(clock, KNOWN_MS);

  async function remember<T>(key: string, address: string | undefined, ask: () => Promise<T>): Promise<T> {
    const before = found.get(key);
    if (before) return before as Promise<T>;
    const miss = missing.get(key);
    if (miss) throw miss;
    if (miss === null) return null as T;
    const refund = address === undefined || known.get(key) ? () => {} : reserve(misses, address);
    const asked = ask();
    found.set(key, asked);
    try {
      const value = await asked;
      if (value === null) {
        found.delete(key, asked);
        missing.set(key, null);
        return value;
      }
      known.set(key, true);
      refund();
      return value;
    } catch (error) {
      found.delete(key, asked);
      if (isHostProblem(error) && error.code === 'not_found') missing.set(key, error);
      else refund();
      throw error;
    }
  }

  return {
    // Ids come here from paths and tokens that nothing has checked yet.
    inbox: async (inboxId, address) => {
      if (!isId(inboxId)) throw notFound('inbox');
      return remember(`inbox ${inboxId}`, address, () => database.run('findInbox', { inboxId }));
    },
    account: async (accountId, address) =>
      isId(accountId)
        ? remember(`account ${accountId}`, address, () => database.run('findAccount', { accountId }))
        : null,
    accountByKey: (hash) =>
      remember(`key ${hash}`, undefined, () => database.run('findAccountByKey', { hash })),
    wasValid: (hash) => known.get(`key ${hash}`) === true,
    dashboardOrigins: () =>
      remember('origins', undefined, () => database.run('listDashboardOrigins', undefined)),
    forget() {
      found.clear();
      missing.clear();
    },
  };
}

/** Takes a miss from an address's allowance. Returns the way to give it back. Throws `rate_limited`. */
export function reserve(misses: MissLimit | null, address: string): () => void {
  if (!misses) return () => {};
  const key = `misses ${address}`;
  const wait = misses.limiter.take(key, misses.rate);
  if (wait > 0) throw tooMany(wait);
  return () => misses.limiter.giveBack(key, misses.rate);
}

/**
 * A bounded map whose entries expire after `forMs` milliseconds. When it is full the oldest entries make
 * room. An entry that expires later than a new one would was stored while the clock was ahead, and counts as
 * expired.
 */
function createMemory<Value>(clock: () => number, forMs: number) {
  const entries = new Map<string, { until: number; value: Value }>();
  return {
    get(key: string): Value | undefined {
      const entry = entries.get(key);
      if (!entry) return undefined;
      const left = entry.until - clock();
      return left > 0 && left <= forMs ? entry.value : undefined;
    },
    set(key: string, value: Value): void {
      entries.delete(key);
      if (entries.size >= MAX_REMEMBERED) {
        const [oldest] = entries.keys();
        if (oldest !== undefined) entries.delete(oldest);
      }
      entries.set(key, { until: clock() + forMs, value });
    },
    /** Deletes an entry, if it still holds this value. */
    delete(key: string, value: Value): void {
      if (entries.get(key)?.value === value) entries.delete(key);
    },
    clear: () => entries.clear(),
  };
}
