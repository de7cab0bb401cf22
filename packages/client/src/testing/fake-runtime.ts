import type { Runtime } from '../runtime.ts';
import { uniqueId } from '../unique-id.ts';

/** A runtime whose time stands still until it is moved. */
export interface FakeRuntime extends Runtime {
  /** Moves time forward, running what falls due in order, with everything that follows from it. */
  pass(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly timers: number;
}

/** Makes a fake runtime. `random` gives 0.5 unless told otherwise; `fetch` refuses unless given. */
export function fakeRuntime(options: Partial<Runtime> = {}): FakeRuntime {
  let time = Date.parse('2026-02-03T04:05:06.000Z');
  let timers: { at: number; action: () => void }[] = [];
  return {
    fetch: () => Promise.reject(new TypeError('There is no network here.')),
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

/** Lets everything that waits for nothing but promises happen. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** An answer of a host, as `fetch` gives it. */
export function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Response {
  if (status === 204) return new Response(null, { status });
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body ?? {}), { status, headers: { 'Content-Type': type, ...headers } });
}
