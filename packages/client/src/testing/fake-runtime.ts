import type { Runtime } from '../runtime.ts';
import { uniqueId } from '../unique-id.ts';

/** A runtime whose time only changes when a test moves it. */
export interface FakeRuntime extends Runtime {
  /** Moves time forward. Runs due timers in order, with all promises that follow from them. */
  pass(ms: number): Promise<void>;
  /** Number of pending timers. */
  readonly timers: number;
}

/** Creates a fake runtime. Defaults: `random` returns 0.5, `fetch` rejects. */
export function fakeRuntime(options: Partial<Runtime> = {}): FakeRuntime {
  let time = Date.parse('2026-02-03T04:05:06.000Z');
  let timers: { at: number; action: () => void }[] = [];
  return {
    fetch: () => Promise.reject(new TypeError('No network in this test.')),
    random: () => 0.5,
    now: () => time,
    newId: () => uniqueId(time),
    after(ms, action) {
      const timer = { at: time + ms, action };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    get timers() {
      return timers.length;
    },
    async pass(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        time = Math.max(time, next.at);
        next.action();
        await settle();
      }
      time = end;
    },
    ...options,
  };
}

/** Resolves after all pending promise callbacks have run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Creates a response of a host. */
export function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Response {
  if (status === 204) return new Response(null, { status });
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body ?? {}), { status, headers: { 'Content-Type': type, ...headers } });
}
