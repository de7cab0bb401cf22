import type { Runtime } from '../runtime.ts';

/** Maximum wait for the lock. A frozen tab keeps its lock while it is frozen. */
const PATIENCE_MS = 5_000;

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
  const patience = new AbortController();
  const stay = runtime.after(PATIENCE_MS, () => patience.abort());
  let began = false;
  const act = () => {
    began = true;
    stay();
    return action();
  };
  try {
    return await (locks ? locks.request(name, { signal: patience.signal }, act) : act());
  } catch (error) {
    if (began) throw error;
    return act();
  }
}
