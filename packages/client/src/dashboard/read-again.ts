import { isClientError } from '../client-error.ts';
import { remedyFor, retryDelay } from '../retry-policy.ts';
import { pause, type Runtime } from '../runtime.ts';

/** Maximum number of attempts. */
const ATTEMPTS = 3;
/** Time after the first attempt in which another one may start. A user waits for the result. */
const TOTAL_MS = 3_000;

/**
 * Repeats a read that failed temporarily: at most three attempts within three seconds, with jittered waits
 * not shorter than `Retry-After`. Throws immediately if `Retry-After` is longer, or if an attempt took that
 * long. Do not use it for writes, unless they are safe to repeat.
 */
export async function readAgain<T>(
  runtime: Runtime,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  const startedAt = runtime.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (attempt === ATTEMPTS || !passes(error)) throw error;
      const retryAfterMs = isClientError(error) ? error.retryAfterMs : undefined;
      const waitMs = retryDelay(attempt, runtime.random, { retryAfterMs });
      if (runtime.now() - startedAt + waitMs > TOTAL_MS) throw error;
      await pause(runtime, waitMs, signal);
      signal.throwIfAborted();
    }
  }
}

/** Returns true for temporary errors. A rejected token is handled by `withToken`. */
function passes(error: unknown): boolean {
  return remedyFor(error) === 'retry' && !(isClientError(error) && error.status === 401);
}
