/**
 * How much a test run tries: `npm test` small counts, `.ci/run` (which sets `ALUR_FULL=1`) moderate ones.
 * Long counts have commands of their own: `npm run test:long` (`ALUR_FULL=long`), `faults`, `simulate`,
 * `fuzz`.
 *
 * @module
 */
const size = process.env['ALUR_FULL'];

/** Whether counts are those of `.ci/run`, or longer. */
export const isFull = Boolean(size);

/** Returns the count (or the values) for this run. `long` defaults to `ci`. */
export function countFor<T = number>({ test, ci, long = ci }: { test: T; ci: T; long?: T }): T {
  return size === 'long' ? long : isFull ? ci : test;
}
