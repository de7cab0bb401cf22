import type { Database } from '../database/database.ts';
import { isId } from '../ids.ts';
import type { Account } from '../operations/accounts.ts';
import type { Inbox } from '../operations/inboxes.ts';
import { isHostProblem, notFound, type HostProblem } from '../problem.ts';
import { tooMany, type Rate, type RateLimiter } from './rate-limit.ts';

/**
 * Cache of records that nearly every call needs. Entries expire after a short time, and when a record
 * changes.
 */
export interface LookupCache {
  /**
   * Returns the inbox with this id. Limits the misses of the caller's `address`. Throws `not_found`,
   * `rate_limited`.
   */
  inbox(inboxId: string, address?: string): Promise<Inbox>;
  /** Returns the account with this id, or null. Throws `rate_limited`. */
  account(accountId: string, address?: string): Promise<Account | null>;
  /** Returns the account whose API key has this hash, or null. */
  accountByKey(hash: string, address: string): Promise<Account | null>;
  /**
   * Returns whether this API key was valid within the last minute. Such a key is exempt from the limit for
   * wrong keys.
   */
  wasValid(hash: string): boolean;
  dashboardOrigins(): Promise<string[]>;
  forget(): void;
}

const CACHE_MS = 10_000;
const MAX_ENTRIES = 10_000;
/** An id that was found within this time is looked up again without counting as a miss. */
const KNOWN_MS = 60_000;

/** Limit of look-ups of ids that do not exist. Null: no limit. */
export interface MissLimit {
  limiter: RateLimiter;
  rate: Rate;
}

/**
 * Creates the look-ups. Results for missing ids are cached separately, so that invented ids do not evict
 * existing ones. An address that asks for many missing ids is refused without a query.
 */
export function createLookupCache(
  database: Database,
  clock: () => number,
  misses: MissLimit | null = null,
): LookupCache {
  const found = createExpiringMap<Promise<unknown>>(clock, CACHE_MS);
  const missing = createExpiringMap<HostProblem | null>(clock, CACHE_MS);
  const known = createExpiringMap<true>(clock, KNOWN_MS);

  async function cached<T>(key: string, address: string | undefined, load: () => Promise<T>): Promise<T> {
    const before = found.get(key);
    if (before) return before as Promise<T>;
    const miss = missing.get(key);
    if (miss) throw miss;
    if (miss === null) return null as T;
    const refund = address === undefined || known.get(key) ? () => {} : reserve(misses, address);
    const pending = load();
    found.set(key, pending);
    try {
      const value = await pending;
      if (value === null) {
        found.delete(key, pending);
        missing.set(key, null);
        return value;
      }
      known.set(key, true);
      refund();
      return value;
    } catch (error) {
      found.delete(key, pending);
      if (isHostProblem(error) && error.code === 'not_found') missing.set(key, error);
      else refund();
      throw error;
    }
  }

  return {
    // Ids from paths and tokens are not validated yet.
    inbox: async (inboxId, address) => {
      if (!isId(inboxId)) throw notFound('inbox');
      return cached(`inbox ${inboxId}`, address, () =>
        database.run('findInbox', { inboxId, ...(address !== undefined && { address }) }),
      );
    },
    account: async (accountId, address) =>
      isId(accountId)
        ? cached(`account ${accountId}`, address, () =>
            database.run('findAccount', { accountId, ...(address !== undefined && { address }) }),
          )
        : null,
    accountByKey: (hash, address) =>
      cached(`key ${hash}`, undefined, () => database.run('findAccountByKey', { hash, address })),
    wasValid: (hash) => known.get(`key ${hash}`) === true,
    dashboardOrigins: () =>
      cached('origins', undefined, () => database.run('listDashboardOrigins', undefined)),
    forget() {
      found.clear();
      missing.clear();
    },
  };
}

/** Takes a miss from an address's allowance. Returns a function that gives it back. Throws `rate_limited`. */
export function reserve(misses: MissLimit | null, address: string): () => void {
  if (!misses) return () => {};
  const key = `misses ${address}`;
  const wait = misses.limiter.take(key, misses.rate);
  if (wait > 0) throw tooMany(wait);
  return () => misses.limiter.giveBack(key, misses.rate);
}

/**
 * Creates a bounded map whose entries expire after `forMs` milliseconds. When it is full, the oldest entries
 * are removed. An entry that expires later than a new one would was stored while the clock was ahead, and
 * counts as expired.
 */
function createExpiringMap<Value>(clock: () => number, forMs: number) {
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
      if (entries.size >= MAX_ENTRIES) {
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
