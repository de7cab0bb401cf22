/**
 * The conformance kit: tests any host backend of Alur from outside. `alur-conformance` is its command.
 *
 * @module
 */
export { loadChecks } from './checks/index.ts';
export { NotPutBack } from './kit/account.ts';
export type { Check } from './kit/check.ts';
export type { KitOptions } from './kit/kit-options.ts';
export { runConformance, type Outcome, type Report, type RunOptions } from './kit/run.ts';
