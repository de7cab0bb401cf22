import type { Lab } from './lab/lab.ts';

/** How one fault of the matrix is tried. */
export interface Trial {
  /** What takes part: the client in Node, or the widget in Chromium. */
  with: 'client' | 'widget' | 'requests' | 'process';
  /**
   * How often: small in `npm test`, as the matrix asks in `npm run faults`, between them in `.ci/run` ({@link
   * countIn}).
   */
  counts: { shrunk: number; full: number };
  /** What is counted. */
  unit: string;
  /** Tried only where there is one: `ALUR_TEST_POSTGRES_URL`. */
  needs?: 'postgres';
  /** Left out of moderate runs: it compares times, which needs a machine without other work. */
  isFullOnly?: boolean;
  /** Does it, and gives the figures. Throws when the figure is not reached. */
  run(lab: Lab, count: number): Promise<string>;
}

/**
 * How much of the matrix is tried: `npm test` runs small counts, `.ci/run` moderate ones, `npm run faults`
 * full ones.
 */
export type Size = 'small' | 'moderate' | 'full';

/**
 * Returns how often a trial is made. A moderate count is a tenth of the full one, and no less than the small
 * one.
 */
export function countIn(
  size: Size,
  { counts: { shrunk, full }, isFullOnly = false }: Pick<Trial, 'counts' | 'isFullOnly'>,
): number {
  if (size === 'full') return full;
  if (isFullOnly) return shrunk;
  return size === 'small' ? shrunk : Math.max(shrunk, Math.ceil(full / 10));
}

/** Where a fault is tried that needs no network of ours. */
export interface Elsewhere {
  file: string;
  /** The test's name, in full. */
  test: string;
}

/** A row of the fault matrix. */
export interface Row {
  number: number;
  fault: string;
  expected: string;
  /** The figure to reach. */
  pass: string;
  trials: Trial[];
  elsewhere?: Elsewhere[];
}

/** A figure that is over its bound, while everything else held. */
export class OverBound extends Error {
  /** Whether it is one of time, which a machine that was busy for a moment misses as well. */
  readonly isTime: boolean;

  constructor(value: number, most: number, what: string) {
    super(`${what}: ${Math.round(value)} is more than ${most}.`);
    this.isTime = what.startsWith('milliseconds');
  }
}

/**
 * Makes a trial. One that misses nothing but a bound of time is made once more, after `again` was called: a
 * machine that was busy for a moment misses it as well. What is lost or doubled fails at once.
 */
export async function makeTrial(
  trial: Trial,
  lab: Lab,
  times: number,
  again: (error: OverBound) => Promise<void>,
): Promise<string> {
  try {
    return await trial.run(lab, times);
  } catch (error) {
    if (!(error instanceof OverBound && error.isTime)) throw error;
    await again(error);
    return trial.run(lab, times);
  }
}

/** Holds a figure against its bound. What it counts stands first in `what`. */
export function within(value: number, most: number, what: string): void {
  if (!(value <= most)) throw new OverBound(value, most, what);
}

/** 1,000 as people read it. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** Seconds, to a tenth. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The value below which `share` of all lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
