import { isClientError } from '../client-error.ts';
import { remedyFor, retryDelay } from '../retry-policy.ts';
import { pause, type Runtime } from '../runtime.ts';

/** How often a read is tried in all. */
const ATTEMPTS = 3;
/**
 * No further attempt begins later than this after the first: somebody looks at the screen and is to be told.
 */
const PATIENCE_MS = 3_000;

/**
 * Makes a read, and again when it failed with something that passes: after jittered waits that `Retry-After`
 * never undercuts, three times in all, and within three seconds. A longer `Retry-After`, or an attempt that
 * took that long itself, is told at once. Writes must not come here: who repeats one has to know that it does
 * no harm.
 */
export async function readAgain<T>(
  runtime: Runtime,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  const began = runtime.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (attempt === ATTEMPTS || !passes(error)) throw error;
      const retryAfterMs = isClientError(error) ? error.retryAfterMs : undefined;
      const waitMs = retryDelay(attempt, runtime.random, { retryAfterMs });
      if (runtime.now() - began + waitMs > PATIENCE_MS) throw error;
      await pause(runtime, waitMs, signal);
      signal.throwIfAborted();
    }
  }
}

/** A refused token does not pass here: another one has its own attempt. */
function passes(error: unknown): boolean {
  return remedyFor(error) === 'retry' && !(isClientError(error) && error.status === 401);
}
