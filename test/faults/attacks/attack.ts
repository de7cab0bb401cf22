/** The target of an attack. */
export interface AttackTarget {
  hostUrl: string;
  /** Address that sends all requests of the attack. */
  address: string;
  /** An inbox of the attacker's account. */
  inboxId: string;
  /** An API key of that account. */
  apiKey: string;
}

/** A prepared attack. */
export interface Attack {
  /** Attacks until `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
  /** Duration of one of its requests without other load, in milliseconds. Default: 0. */
  aloneMs?: number;
  /** Returns what was done so far, for the report. */
  counts(): Record<string, number>;
}

/**
 * Prepares an attack: creates visitors. Connections are opened later. Each module of this folder exports one.
 */
export type CreateAttack = (target: AttackTarget) => Promise<Attack>;

/** Repeats `step` in `atOnce` loops until `signal` aborts. */
export async function repeat(
  atOnce: number,
  signal: AbortSignal,
  step: (loop: number) => Promise<void>,
): Promise<void> {
  const loops = Array.from({ length: atOnce }, async (_, loop) => {
    while (!signal.aborted) await step(loop);
  });
  await Promise.all(loops);
}

/** Waits `ms` milliseconds, or until `signal` aborts. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/** Counts events by name. */
export function createCounts() {
  const counts: Record<string, number> = {};
  return {
    add: (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1),
    counts: () => counts,
  };
}
