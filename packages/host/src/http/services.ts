import pLimit, { type LimitFunction } from 'p-limit';
import type { Database } from '../database/database.ts';
import { isId } from '../ids.ts';
import type { Account } from '../operations/accounts.ts';
import type { Inbox } from '../operations/inboxes.ts';
import { notFound } from '../problem.ts';
import type { AccessWatch } from '../streams/access-watch.ts';
import type { Hub } from '../streams/hub.ts';
import type { ReadClientAddress } from './client-address.ts';
import type { HealthCheck } from './health.ts';
import type { Presence } from '../streams/presence.ts';
import type { Gauge, Limits, RateLimiter } from './rate-limit.ts';

/** Where a host writes what happens. `console` will do. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** Runs `action` once after `ms` milliseconds, unless the process ends first; the answer cancels it. */
export type After = (ms: number, action: () => void) => () => void;

/** `After` on the timers of this process. */
export const onTimer: After = (ms, action) => {
  const timer = setTimeout(action, ms).unref();
  return () => clearTimeout(timer);
};

/** How many streams read their log at the same time. */
const STREAM_READS = 50;

/**
 * The turns in which streams read. After a restart, or when notices were lost, all of them want to at once: the rest wait here, where it costs
 * nothing, and leave the database's queue to calls that somebody waits for.
 */
export function createStreamReads(): LimitFunction {
  return pLimit(STREAM_READS);
}

/** What routes work with. */
export interface Services {
  database: Database;
  /** Resolves when the database answers; rejects with `overloaded` within a second when it does not. */
  health: HealthCheck;
  hub: Hub;
  logger: Logger;
  clock: () => number;
  after: After;
  /** 0 up to, but not including, 1. Decides nothing that must not be guessed. */
  random: () => number;
  /** Ends streams whose token expires or is revoked. */
  access: AccessWatch;
  secret: string;
  /** Null: no limits, for load tests. */
  limits: Limits | null;
  limiter: RateLimiter;
  streams: Gauge;
  /** Lets streams read in turn. */
  streamReads: LimitFunction;
  clientAddress: ReadClientAddress;
  lookups: Lookups;
  presence: Presence;
}

/** Things that nearly every call needs, remembered for a moment. Forgotten at once when something is changed here. */
export interface Lookups {
  inbox(inboxId: string): Promise<Inbox>;
  account(accountId: string): Promise<Account | null>;
  accountByKey(hash: string): Promise<Account | null>;
  dashboardOrigins(): Promise<string[]>;
  forget(): void;
}

const REMEMBER_MS = 10_000;
const MAX_REMEMBERED = 10_000;

export function createLookups(database: Database, clock: () => number): Lookups {
  const kept = new Map<string, { until: number; value: Promise<unknown> }>();

  function remember<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const now = clock();
    const known = kept.get(key);
    if (known && known.until > now) return known.value as Promise<T>;
    if (kept.size >= MAX_REMEMBERED) kept.clear();
    const value = ask();
    kept.set(key, { until: now + REMEMBER_MS, value });
    // What failed, or is not there, is asked anew: nobody may fill this with inventions.
    value.then(
      (found) => found === null && kept.delete(key),
      () => kept.delete(key),
    );
    return value;
  }

  return {
    // Ids come here from paths and tokens that nothing has checked yet.
    inbox: async (inboxId) => {
      if (!isId(inboxId)) throw notFound('inbox');
      return remember(`inbox ${inboxId}`, () => database.run('findInbox', { inboxId }));
    },
    account: async (accountId) =>
      isId(accountId)
        ? remember(`account ${accountId}`, () => database.run('findAccount', { accountId }))
        : null,
    accountByKey: (hash) => remember(`key ${hash}`, () => database.run('findAccountByKey', { hash })),
    dashboardOrigins: () => remember('origins', () => database.run('listDashboardOrigins', undefined)),
    forget: () => kept.clear(),
  };
}
