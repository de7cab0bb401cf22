import type { SuiteRun } from './suite-process.ts';

/** Number of lines of a failure's reason that are printed again at the end. */
const REASON_LINES = 25;
/** Number of slowest test files in the list. */
const SLOWEST = 8;

/** Minutes by suite. */
export type Minutes = Readonly<Record<string, number>>;

const minutes = (ms: number): string => (ms / 60_000).toFixed(1).padStart(7);

/**
 * Returns the table of used and allowed minutes, the slowest files, and a warning for each suite over its
 * budget.
 */
export function describeTime(runs: readonly SuiteRun[], allowed: Minutes): string {
  const row = (name: string, ms: number, of: number, cpu: number | null): string =>
    `${name.padEnd(12)}${minutes(ms)}${of.toFixed(1).padStart(9)}${cpu === null ? '      -' : minutes(cpu)}`;
  const total = (values: (number | null)[]): number =>
    values.reduce<number>((all, value) => all + (value ?? 0), 0);
  const budget = (name: string): number => allowed[name] ?? 0;
  const lines = runs.map(({ name, ms, cpuMs }) => row(name, ms, budget(name), cpuMs));
  const whole = row(
    'total',
    total(runs.map(({ ms }) => ms)),
    total(runs.map(({ name }) => budget(name))),
    total(runs.map(({ cpuMs }) => cpuMs)),
  );
  const slowest = runs
    .flatMap(({ files = [] }) => files)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
  const warnings = runs
    .filter(({ name, ms }) => ms / 60_000 > budget(name))
    .map(({ name, ms }) => `WARNING: ${name} took ${minutes(ms).trim()} of ${budget(name)} minutes`);
  return [
    'minutes        used  allowed    CPU',
    ...lines,
    whole,
    ...(slowest.length > 0 ? ['', 'slowest files', ...slowest] : []),
    ...(warnings.length > 0 ? ['', ...warnings] : []),
  ].join('\n');
}

/** Returns the failures with the beginning of their reasons. */
export function describeFailures(failures: readonly string[]): string {
  return failures
    .map((failure) => {
      const lines = failure.split('\n');
      const more = lines.length > REASON_LINES ? ['… the rest is further up'] : [];
      return `✖ ${[...lines.slice(0, REASON_LINES), ...more].join('\n  ')}`;
    })
    .join('\n\n');
}
