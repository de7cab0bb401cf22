import { remedyFor, retryDelay, type Runtime } from '@alur/client';

/** The part of the runtime that retries need. */
export type RetryRuntime = Pick<Runtime, 'after' | 'random'>;

interface Waiting {
  attempts: number;
  run(): Promise<void>;
  cancel(): void;
}

/**
 * Maximum wait between two attempts, in milliseconds. It is short because an agent is looking at the screen.
 */
const CAP_MS = 5_000;

/** Repeats reads that failed for a temporary reason until they succeed. Each read has a key. */
export class Retries {
  readonly #runtime: RetryRuntime;
  readonly #onChange: (retrying: number) => void;
  readonly #waiting = new Map<string, Waiting>();

  constructor(runtime: RetryRuntime, onChange: (retrying: number) => void) {
    this.#runtime = runtime;
    this.#onChange = onChange;
  }

  /**
   * Runs `read`, and repeats it after a jittered wait while its failure is temporary. A newer call with the
   * same key replaces the older one. Resolves after the first attempt. Calls `onRefused` for a permanent
   * failure.
   */
  async run(key: string, read: () => Promise<void>, onRefused: (error: unknown) => void): Promise<void> {
    const attempts = this.#waiting.get(key)?.attempts ?? 0;
    this.#waiting.get(key)?.cancel();
    try {
      await read();
    } catch (error) {
      if (remedyFor(error) === 'retry') {
        this.#schedule(key, attempts + 1, () => this.run(key, read, onRefused), error);
        return;
      }
      this.#settle(key);
      onRefused(error);
      return;
    }
    this.#settle(key);
  }

  /** Runs all waiting reads immediately. */
  runNow(): void {
    for (const { run } of this.#waiting.values()) void run();
  }

  #schedule(key: string, attempts: number, run: () => Promise<void>, error: unknown): void {
    const retryAfterMs = (error as { retryAfterMs?: number } | null)?.retryAfterMs;
    const waitMs = retryDelay(attempts, this.#runtime.random, { capMs: CAP_MS, retryAfterMs });
    this.#waiting.get(key)?.cancel();
    this.#waiting.set(key, { attempts, run, cancel: this.#runtime.after(waitMs, () => void run()) });
    this.#onChange(this.#waiting.size);
  }

  #settle(key: string): void {
    this.#waiting.get(key)?.cancel();
    if (this.#waiting.delete(key)) this.#onChange(this.#waiting.size);
  }
}
