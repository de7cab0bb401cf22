import { uniqueId } from './unique-id.ts';

/**
 * Environment of a client. Tests and simulations pass their own. No other code in this package reads a clock,
 * draws random numbers, creates ids or calls `fetch`.
 */
export interface Runtime {
  fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970 on the device's clock, which may be wrong. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** A new UUIDv7. */
  newId(): string;
  /** Runs `action` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, action: () => void): () => void;
}

/**
 * Returns the runtime of a browser or of Node. Reads `fetch` once, so that later patches of the page have no
 * effect.
 */
export function browserRuntime(): Runtime {
  const { fetch } = globalThis;
  return {
    fetch: (...args) => fetch(...args),
    now: () => Date.now(),
    random: () => Math.random(),
    newId: () => uniqueId(),
    after(ms, action) {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Resolves after `ms` milliseconds, or immediately when `signal` aborts. Never rejects. */
export function pause(runtime: Runtime, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = runtime.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
