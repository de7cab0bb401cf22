import type { Rate, RateLimiter } from './rate-limit.ts';

/**
 * Resolves at once, or after a pause when this address has had many such responses. A client that waits for
 * each response then sends fewer requests, which leaves the event loop to others.
 */
export type SlowDown = (address: string) => Promise<void>;

/** Responses of an address without a pause. */
const WITHOUT_PAUSE: Rate = { burst: 100, perMinute: 600 };
const PAUSE_MS = 250;
/** Maximum number of responses that wait at once. Further ones are sent without a pause. */
const MAX_WAITING = 1_000;

/** Creates a slow-down of refusals and health checks. `limiter` null: no limits, so no pauses. */
export function createSlowDown(
  limiter: RateLimiter | null,
  pause: (ms: number) => Promise<unknown>,
): SlowDown {
  let waiting = 0;
  return async (address) => {
    if (!limiter || waiting >= MAX_WAITING) return;
    if (limiter.take(`slow-down ${address}`, WITHOUT_PAUSE) === 0) return;
    waiting += 1;
    try {
      await pause(PAUSE_MS);
    } finally {
      waiting -= 1;
    }
  };
}
