/**
 * `npm run faults`: the fault matrix with its full counts. Numbers of rows as arguments run only those (`npm
 * run faults -- 7 24`). `--postgres-only` runs only the trials that need PostgreSQL. `--moderate` runs a
 * tenth of the counts, `--shrunk` small ones. `--docs` writes the figures of full counts into
 * docs/reliability.md. Ends with `N passed, N failed`. A trial that misses only a limit of time runs once
 * more. A lost or doubled message fails immediately.
 *
 * @module
 */
import { keepFigures, MODERATE_FIGURES, writeFigures, writePage } from './figures.ts';
import { openHarness, type Harness } from './harness/harness.ts';
import { rows } from './matrix.ts';
import { count, countIn, makeTrial, seconds, type Row, type Size, type Trial } from './row.ts';

interface Outcome {
  row: Row;
  trial: Trial;
  figures: string;
  error?: unknown;
  ms: number;
}

async function run(harness: Harness, row: Row, trial: Trial): Promise<Outcome> {
  const began = performance.now();
  const times = countIn(size, trial);
  const done = (rest: Pick<Outcome, 'figures' | 'error'>) => ({
    row,
    trial,
    ms: performance.now() - began,
    ...rest,
  });
  try {
    const figures = await makeTrial(trial, harness, times, async ({ message }) => {
      console.log(`  again, as only a bound of time was missed: ${message}`);
      await harness.sweep();
    });
    await harness.sweep();
    return done({ figures });
  } catch (error) {
    await harness.sweep().catch(() => {});
    return done({ figures: error instanceof Error ? error.message.split('\n')[0]! : String(error), error });
  }
}

function print({ row, trial, figures, error, ms }: Outcome, times: number): void {
  const mark = error === undefined ? 'pass' : 'FAIL';
  console.log(`  ${mark}  ${trial.with}, ${count(times)} ${trial.unit}: ${figures}  [${seconds(ms)}]`);
  if (error !== undefined) console.error(`row ${row.number}`, error);
}

const wanted = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const isPostgresOnly = process.argv.includes('--postgres-only');
const size: Size = process.argv.includes('--shrunk')
  ? 'small'
  : process.argv.includes('--moderate')
    ? 'moderate'
    : 'full';
const harness = await openHarness({ isFull: size !== 'small' });
const outcomes: Outcome[] = [];
try {
  for (const row of rows) {
    if (wanted.length > 0 && !wanted.includes(String(row.number))) continue;
    console.log(`\n${row.number}. ${row.fault}\n  expected: ${row.expected}\n  figure:   ${row.pass}`);
    for (const trial of row.trials) {
      const times = countIn(size, trial);
      if (times === 0 || (isPostgresOnly && trial.needs !== 'postgres')) continue;
      if (trial.needs === 'postgres' && !process.env['ALUR_TEST_POSTGRES_URL']) {
        console.log(
          `  ----  ${trial.with}, ${count(times)} ${trial.unit}: not run, ALUR_TEST_POSTGRES_URL is not set`,
        );
        continue;
      }
      const outcome = await run(harness, row, trial);
      print(outcome, times);
      outcomes.push(outcome);
    }
    for (const { file, test } of row.elsewhere ?? []) console.log(`  see   ${file}: "${test}"`);
  }
  const { secrets, addresses } = harness.watch;
  console.log(
    `\nNo secret in an address, a referer, a cookie or the host’s log: ${count(secrets)} looked for in ${count(addresses)} requests.`,
  );
} finally {
  await harness.end();
}
const found = outcomes.map(({ row, trial, figures, error }) => ({
  row: row.number,
  with: trial.with,
  unit: trial.unit,
  figures,
  passed: error === undefined,
}));
if (size === 'moderate') await writeFigures(MODERATE_FIGURES, found);
if (size === 'full') {
  const all = await keepFigures(found);
  if (process.argv.includes('--docs')) await writePage(rows, all);
}
const failed = outcomes.filter(({ error }) => error !== undefined).length;
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || outcomes.length === 0 ? 1 : 0;
