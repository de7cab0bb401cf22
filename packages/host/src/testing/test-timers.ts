import type { After } from '../timers.ts';
import type { Clock } from './test-host.ts';

/** Creates timers that run in order when `pass` advances the clock. */
export function createTimers(clock: Clock): { after: After; pass(ms: number): void } {
  const waiting = new Set<{ at: number; action: () => void }>();
  return {
    after(ms, action) {
      const timer = { at: clock() + ms, action };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    pass(ms) {
      const end = clock() + ms;
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting.delete(next);
        clock.pass(Math.max(0, next.at - clock()));
        next.action();
      }
      clock.pass(end - clock());
    },
  };
}
