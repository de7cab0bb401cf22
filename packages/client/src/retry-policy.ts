import { isClientError } from './client-error.ts';

/** What to do after a failed call. */
export type Remedy =
  /** Try the same call again later. */
  | 'retry'
  /** Try again immediately with the turn number that the host expects. */
  | 'renumber'
  /** The call can never succeed as it is: show it to its author. */
  | 'set-aside'
  /** The API refuses all calls, whatever they send: wait for a long time. */
  | 'blocked';

/** Decides what to do about an error. */
export type RemedyRule = (error: unknown) => Remedy;

/** Maximum wait while the API refuses all calls, in milliseconds. */
export const BLOCKED_MS = 60_000;

const CANNOT_SUCCEED = [400, 413, 422];
const PASSES = [408, 425, 429];

/** Returns the remedy for `error`. An error that is not a `ClientError` counts as temporary. */
export function remedyFor(error: unknown): Remedy {
  if (!isClientError(error)) return 'retry';
  if (error.code === 'sequence_gap') return 'renumber';
  const status = error.status ?? 0;
  if (CANNOT_SUCCEED.includes(status)) return 'set-aside';
  // 401 is temporary: the next attempt uses a new token or a new visitor.
  if (status < 400 || status >= 500 || status === 401 || PASSES.includes(status)) return 'retry';
  return 'blocked';
}

/** Limits of the wait between attempts. */
export interface RetryOptions {
  /** Maximum of the first wait. Default: 500 ms. */
  baseMs?: number;
  /** Maximum of every wait. Default: 30 s. */
  capMs?: number;
  /**
   * Wait that the host requested. It is a minimum. Up to 5 % is added, so that clients do not return at the
   * same time.
   */
  retryAfterMs?: number | undefined;
}

/**
 * Returns the wait before the attempt that follows `attempts` failures, in milliseconds. Uses full jitter (a
 * random part of an exponential limit), unless `retryAfterMs` is set.
 */
export function retryDelay(attempts: number, random: () => number, options: RetryOptions = {}): number {
  const { baseMs = 500, capMs = 30_000, retryAfterMs } = options;
  if (retryAfterMs !== undefined) return retryAfterMs * (1 + random() / 20);
  return random() * Math.min(capMs, baseMs * 2 ** Math.min(attempts - 1, 20));
}
