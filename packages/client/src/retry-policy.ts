import { isClientError } from './client-error.ts';

/** What to do about a call that failed. */
export type Remedy =
  /** Try the same thing again later. */
  | 'retry'
  /** Try again at once under the number that the host expects. */
  | 'renumber'
  /** It can never succeed as it is: show it to its author. */
  | 'set-aside'
  /** Nothing on this door works now, and it is not the fault of what was sent: wait long. */
  | 'blocked';

/** Decides what to do about an error. */
export type RemedyRule = (error: unknown) => Remedy;

/** The bound of waits before a door that is shut, in milliseconds. */
export const BLOCKED_MS = 60_000;

const CANNOT_SUCCEED = [400, 413, 422];
const PASSES = [408, 425, 429];

/** What to do about `error`; anything that is not a `ClientError` counts as a passing fault. */
export function remedyFor(error: unknown): Remedy {
  if (!isClientError(error)) return 'retry';
  if (error.code === 'sequence_gap') return 'renumber';
  const status = error.status ?? 0;
  if (CANNOT_SUCCEED.includes(status)) return 'set-aside';
  // 401 passes: the next attempt brings a fresh token, or a fresh visitor.
  if (status < 400 || status >= 500 || status === 401 || PASSES.includes(status)) return 'retry';
  return 'blocked';
}

/** Bounds of the wait between attempts. */
export interface RetryOptions {
  /** Upper bound of the first wait. Default: 500 ms. */
  baseMs?: number;
  /** Upper bound of every wait. Default: 30 s. */
  capMs?: number;
  /**
   * What the host asked for; it is never undercut, and spread by up to a twentieth so that clients do not
   * come back at once.
   */
  retryAfterMs?: number | undefined;
}

/**
 * How long to wait before the attempt after `attempts` failures, in milliseconds: full jitter
 * (a random part of an exponential bound), except that `Retry-After` wins.
 */
export function retryDelay(attempts: number, random: () => number, options: RetryOptions = {}): number {
  const { baseMs = 500, capMs = 30_000, retryAfterMs } = options;
  if (retryAfterMs !== undefined) return retryAfterMs * (1 + random() / 20);
  return random() * Math.min(capMs, baseMs * 2 ** Math.min(attempts - 1, 20));
}
