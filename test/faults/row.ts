import type { Harness } from './harness/harness.ts';

/** One way to test a fault of the matrix. */
export interface Trial {
  /** The program under test, for example the client in Node or the widget in Chromium. */
  with: 'client' | 'widget' | 'requests' | 'process';
  /** Counts: small in `npm test`, full in `npm run faults`, between them in `.ci/run` ({@link countIn}). */
  counts: { shrunk: number; full: number };
  /** Name of the counted unit. */
  unit: string;
  /** Needs `ALUR_TEST_POSTGRES_URL`. */
  needs?: 'postgres';
  /** Left out of moderate runs: it compares times, which needs a machine without other work. */
  isFullOnly?: boolean;
  /** Runs the trial and returns the figures. Throws when the required figure is not reached. */
  run(harness: Harness, count: number): Promise<string>;
}

/** Size of a run: `npm test` uses small counts, `.ci/run` moderate ones, `npm run faults` full ones. */
export type Size = 'small' | 'moderate' | 'full';

/** Returns the count of a trial. A moderate count is a tenth of the full one, and at least the small one. */
export function countIn(
  size: Size,
  { counts: { shrunk, full }, isFullOnly = false }: Pick<Trial, 'counts' | 'isFullOnly'>,
): number {
  if (size === 'full') return full;
  if (isFullOnly) return shrunk;
  return size === 'small' ? shrunk : Math.max(shrunk, Math.ceil(full / 10));
}

/** The place of the test of a fault that needs no simulated network. */
export interface Elsewhere {
  file: string;
  /** The full name of the test. */
  test: string;
}

/** A row of the fault matrix. */
export interface Row {
  number: number;
  fault: string;
  expected: string;
  /** The required figure. */
  pass: string;
  trials: Trial[];
  elsewhere?: Elsewhere[];
}

/** Thrown for a figure above its limit when everything else passed. */
export class OverBound extends Error {
  /** Whether it is a limit of time, which a busy machine can miss as well. */
  readonly isTime: boolean;

  constructor(value: number, most: number, what: string) {
    super(`${what}: ${Math.round(value)} is more than ${most}.`);
    this.isTime = what.startsWith('milliseconds');
  }
}

/**
 * Runs a trial. Repeats it once, after calling `again`, when only a limit of time was missed: a busy machine
 * can miss it as well. A lost or doubled message fails immediately.
 */
export async function makeTrial(
  trial: Trial,
  harness: Harness,
  times: number,
  again: (error: OverBound) => Promise<void>,
): Promise<string> {
  try {
    return await trial.run(harness, times);
  } catch (error) {
    if (!(error instanceof OverBound && error.isTime)) throw error;
    await again(error);
    return trial.run(harness, times);
  }
}

/** Throws {@link OverBound} when `value` is above `most`. `what` starts with the unit. */
export function within(value: number, most: number, what: string): void {
  if (!(value <= most)) throw new OverBound(value, most, what);
}

/** Formats a number such as 1,000. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** Formats milliseconds as seconds with one decimal. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Returns the value below which `share` of all values are. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
