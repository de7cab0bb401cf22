import type { FileQuotas } from '../operations/attachment-usage.ts';
import { HostProblem } from '../problem.ts';

/** Size of a token bucket: `burst` calls at once, then `perMinute`. */
export interface Rate {
  burst: number;
  perMinute: number;
}

/**
 * Limits of one caller. Keys are ids that the host issued, and addresses; never a value that a client
 * chooses.
 */
export interface Limits extends FileQuotas {
  /**
   * New visitors, anonymous or verified, per address. A visitor who signs in on another device counts again.
   */
  visitorsPerAddress: Rate;
  /** Turns, per visitor. */
  turnsPerVisitor: Rate;
  /** Turns, per address. Many visitors can share one address. */
  turnsPerAddress: Rate;
  /** Files, per visitor and per address. */
  uploadsPerVisitor: Rate;
  uploadsPerAddress: Rate;
  /** Bytes of files, per address. */
  uploadBytesPerAddress: Rate;
  /** All other calls of the visitor API, per address. */
  callsPerAddress: Rate;
  /** Changes through the dashboard API, per token holder. */
  dashboardWrites: Rate;
  /** Wrong dashboard tokens, per address. */
  refusalsPerAddress: Rate;
  /** Wrong API keys, per address and prefix of the key. Other keys from the same address still work. */
  refusalsPerKey: Rate;
  /** Inboxes and accounts that do not exist, and wrong refresh tokens, per address. */
  missesPerAddress: Rate;
  /** Streams and long polls open at once. */
  streamsPerVisitor: number;
  streamsPerAddress: number;
  streamsPerAccount: number;
  /** Concurrent uploads: each file is in memory until it is stored. */
  uploadsAtOnce: number;
  uploadsAtOncePerVisitor: number;
  uploadsAtOncePerAddress: number;
  /** Concurrent downloads. A reader is a visitor, or the holder of a dashboard token. */
  downloadsAtOnce: number;
  downloadsPerReader: number;
  downloadsPerAddress: number;
}

interface Bucket {
  tokens: number;
  at: number;
  rate: Rate;
}

const SWEEP_MS = 60_000;

/**
 * Creates token buckets by key. Full buckets are deleted, so that memory use depends on the active callers
 * only.
 */
export function createRateLimiter(clock: () => number) {
  const buckets = new Map<string, Bucket>();
  let nextSweep = 0;

  /**
   * Takes one call, or `amount` of a quantity. Returns 0, or the seconds after which the caller may try
   * again.
   */
  function take(key: string, rate: Rate, amount = 1): number {
    const { burst, perMinute } = rate;
    const now = clock();
    // If the clock was ahead and was corrected, the next sweep is at most one interval away.
    if (now >= nextSweep || nextSweep - now > SWEEP_MS) sweep(now);
    const perMs = perMinute / 60_000;
    const known = buckets.get(key);
    // A bucket with a later time was used while the clock was ahead: refill it from now on.
    if (known && known.at > now) known.at = now;
    const tokens = known ? Math.min(burst, known.tokens + (now - known.at) * perMs) : burst;
    if (tokens < amount) return Math.max(1, Math.ceil((amount - tokens) / perMs / 1000));
    buckets.set(key, { tokens: tokens - amount, at: now, rate });
    return 0;
  }

  /** Returns one call to the bucket that should not have counted. */
  function giveBack(key: string, { burst }: Rate): void {
    const bucket = buckets.get(key);
    if (bucket) bucket.tokens = Math.min(burst, bucket.tokens + 1);
  }

  function sweep(now: number): void {
    nextSweep = now + SWEEP_MS;
    for (const [key, bucket] of buckets) {
      bucket.at = Math.min(bucket.at, now);
      const { burst, perMinute } = bucket.rate;
      if (bucket.tokens + ((now - bucket.at) / 60_000) * perMinute >= burst) buckets.delete(key);
    }
  }

  return { take, giveBack };
}

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/** Returns the problem of a caller who must wait `retryAfter` seconds. */
export function tooMany(retryAfter: number): HostProblem {
  return new HostProblem('rate_limited', `Too many calls. Try again in ${retryAfter} s.`, { retryAfter });
}
