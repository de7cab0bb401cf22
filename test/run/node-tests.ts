import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { Outcome } from './outcome.ts';
import { ROOT } from './test-files.ts';

type Leaf = { details: { type?: string }; file?: string; name: string };

/** Whether an event belongs to a test, and not to a suite or a file. */
const isLeaf = ({ details, name }: Leaf): boolean => details.type !== 'suite' && !name.endsWith('.test.ts');

/**
 * Runs Node test files, `concurrency` at a time, and prints their report. Files in which no test runs are a
 * failure: a name pattern that matches nothing must not pass.
 *
 * @param paths relative to the repository
 * @param keep called with the current outcome after each change
 */
export async function runNodeTests(
  paths: readonly string[],
  concurrency: number,
  keep: (outcome: Outcome) => void,
  options: { testNamePatterns?: RegExp[] } = {},
): Promise<Outcome> {
  const outcome: Outcome & Required<Pick<Outcome, 'files'>> = { passed: 0, failures: [], files: [] };
  if (paths.length === 0) return outcome;
  const relative = (file: string): string => file.replace(ROOT, '');
  await new Promise<void>((resolve) => {
    const stream = run({ ...options, files: paths.map((path) => ROOT + path), concurrency });
    stream.on('test:pass', (data) => {
      if (!isLeaf(data)) return;
      outcome.passed++;
      keep(outcome);
    });
    // A file that cannot be loaded fails as a whole, and has to count.
    stream.on('test:fail', ({ name, file, details }) => {
      // A suite that fails because of its tests is not reported again. One that fails in a hook is.
      const { failureType } = details.error as { failureType?: string };
      if (details.type === 'suite' && failureType === 'subtestsFailed') return;
      const place = file === undefined || file.endsWith(name) ? '' : ` (${relative(file)})`;
      outcome.failures.push(`${name}${place}\n${inspect(details.error.cause ?? details.error)}`);
      keep(outcome);
    });
    stream.on('test:summary', ({ file, duration_ms }) => {
      if (file === undefined) return;
      outcome.files.push({ file: relative(file), ms: duration_ms });
      keep(outcome);
    });
    // The reporter prints failures at its end. An earlier exit would hide them.
    const report = stream.compose(new spec());
    report.on('end', resolve);
    report.pipe(process.stdout, { end: false });
  });
  if (outcome.passed + outcome.failures.length === 0)
    outcome.failures.push(`${paths.join(', ')}\nno test ran`);
  return outcome;
}
