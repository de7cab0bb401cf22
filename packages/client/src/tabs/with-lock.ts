import type { Runtime } from '../runtime.ts';

/** Maximum wait for the lock. A frozen tab keeps its lock while it is frozen. */
const TIMEOUT_MS = 5_000;

/**
 * Runs `action` while no other tab runs it. Runs it without the lock where there are no locks, where they are
 * refused (a frame with an opaque origin), or when another tab holds the lock for too long. So `action` must
 * tolerate concurrent runs.
 */
export async function withLock<T>(
  locks: LockManager | undefined,
  name: string,
  runtime: Runtime,
  action: () => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const cancelTimeout = runtime.after(TIMEOUT_MS, () => timeout.abort());
  let hasStarted = false;
  const act = () => {
    hasStarted = true;
    cancelTimeout();
    return action();
  };
  try {
    return await (locks ? locks.request(name, { signal: timeout.signal }, act) : act());
  } catch (error) {
    if (hasStarted) throw error;
    return act();
  }
}
