/**
 * Sizes of a test run: small counts in `npm test`, moderate ones in `.ci/run` (which sets `ALUR_FULL=1`).
 * Long counts have their own commands: `npm run test:long` (`ALUR_FULL=long`), `faults`, `simulate`, `fuzz`.
 *
 * @module
 */
const size = process.env['ALUR_FULL'];

/** Whether counts are at least those of `.ci/run`. */
export const isFull = Boolean(size);

/** Returns the count (or the values) for this run. `long` defaults to `ci`. */
export function countFor<T = number>({ test, ci, long = ci }: { test: T; ci: T; long?: T }): T {
  return size === 'long' ? long : isFull ? ci : test;
}
