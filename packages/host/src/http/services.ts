import type { Database } from '../database/database.ts';
import type { AccessWatch } from '../streams/access-watch.ts';
import type { ImageCleaner } from '../files/image-cleaner.ts';
import type { Hub } from '../streams/hub.ts';
import type { ReadClientAddress } from './client-address.ts';
import type { HealthCheck } from './health.ts';
import type { Presence } from '../streams/presence.ts';
import type { SharedReads } from '../streams/shared-reads.ts';
import type { Lookups, MissLimit } from './lookups.ts';
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
  /** The database for the bytes of files: few operations at once, so that turns come first. */
  files: Pick<Database, 'run'>;
  images: ImageCleaner;
  /** Reads logs for streams and long polls. */
  reads: SharedReads;
  clientAddress: ReadClientAddress;
  lookups: Lookups;
  presence: Presence;
  /** What bounds wrong ids and refresh tokens; null: nothing does. */
  misses: MissLimit | null;
}
