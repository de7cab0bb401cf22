import type { Runtime } from '../runtime.ts';

/** How long to wait for other tabs: a frozen one keeps its lock for as long as it is frozen. */
const PATIENCE_MS = 5_000;

/**
 * Runs `action` while no other tab does the same. Where there are no locks, where they are refused (a frame
 * without an origin), or when somebody holds the lock for too long, it runs all the same: what it does must
 * bear that.
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
