import type { Database } from '../database/database.ts';
import type { AccessWatch } from '../streams/access-watch.ts';
import type { ImageCleaner } from '../files/image-cleaner.ts';
import type { Logger } from '../logger.ts';
import type { Hub } from '../streams/hub.ts';
import type { After } from '../timers.ts';
import type { ReadClientAddress } from './client-address.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import type { SlowDown } from './slow-down.ts';
import type { FilePlaces } from './file-places.ts';
import type { HealthCheck } from './health.ts';
import type { Jwt } from './jwt.ts';
import type { Presence } from '../streams/presence.ts';
import type { SharedReads } from '../streams/shared-reads.ts';
import type { LookupCache, MissLimit } from './lookup-cache.ts';
import type { Limits, RateLimiter } from './rate-limit.ts';

/** Dependencies of the routes. */
export interface Services {
  database: Database;
  /** Resolves when the database responds; rejects with `overloaded` within a second when it does not. */
  health: HealthCheck;
  hub: Hub;
  logger: Logger;
  clock: () => number;
  after: After;
  /** Returns a number from 0 up to, but not including, 1. Do not use it for secrets. */
  random: () => number;
  /** Ends streams whose token expires or is revoked. */
  access: AccessWatch;
  jwt: Jwt;
  secret: string;
  /** Null: no limits, for load tests. */
  limits: Limits | null;
  limiter: RateLimiter;
  /** Pauses before refusals and health checks of an address that has many of them. */
  slowDown: SlowDown;
  /** Limits of streams and held long polls. */
  streams: ConcurrencyLimiter;
  /** Places of uploads and downloads. */
  filePlaces: FilePlaces;
  /**
   * The database for the bytes of files. Runs one operation at a time, paced, so that turns take precedence.
   */
  files: Pick<Database, 'run'>;
  images: ImageCleaner;
  /** Reads logs for streams and long polls. */
  reads: SharedReads;
  clientAddress: ReadClientAddress;
  lookups: LookupCache;
  presence: Presence;
  /** Limit of wrong ids and refresh tokens. Null: no limit. */
  misses: MissLimit | null;
}
