import { uniqueId } from './unique-id.ts';

/**
 * What a client takes from the world around it. Tests and simulations give their own; nothing else in this
 * package reads a clock, draws a random number, makes an id or calls `fetch`.
 */
export interface Runtime {
  fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970 on the device's clock, which may be wrong. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** A new UUIDv7. */
  newId(): string;
  /** Runs `action` once after `ms` milliseconds; the answer cancels it. */
  after(ms: number, action: () => void): () => void;
}

/**
 * The runtime of a browser, or of Node. `fetch` is taken when the client is made, so that later patches do no
 * harm.
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

/** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
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
