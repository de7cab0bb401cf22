/**
 * The whole of `npm test`: static checks, Node tests, browser tests, journeys; ends with what failed, and why, and `N passed, N failed`.
 * Names of suites as arguments run only those (`npm test -- node journeys`), and everything when there are none. Each engine that
 * `ALUR_ENGINES` names and that is not here counts as one failure; what `ALUR_MISSING` says is said again before the total.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { glob, mkdir, readFile, rm } from 'node:fs/promises';
import { run as runNodeTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import type { Figure } from './faults/figures.ts';
import { findChromium } from './support/chromium.ts';
import { lookForEngines } from './support/engines/find-engines.ts';

interface Outcome {
  passed: number;
  /** What failed, with the reason: told once more at the end, as a long run's output may be seen only by its end. */
  failures: string[];
}

/** Whether counts are whole: `ALUR_FULL=1`, as `.ci/run` has it. */
const isFull = Boolean(process.env['ALUR_FULL']);
const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

const nothing = (): Outcome => ({ passed: 0, failures: [] });

/** How much of a reason is told once more. */
const REASON_LINES = 25;

/** Runs one program with its output shown; a static check counts as one test. */
function check(command: string, args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    const fails = (why: string): void => {
      const what = [command.replace(root, ''), ...args].join(' ');
      resolve({ passed: 0, failures: [`${what}\n${why}`] });
    };
    child.on('error', (error) => fails(error.message));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve({ passed: 1, failures: [] });
      else fails(`ended with ${code ?? signal}; what it printed is further up`);
    });
  });
}

function sum(...outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((all, { passed }) => all + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

async function files(patterns: string[], exclude: (path: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(patterns, { cwd: root, exclude: (name) => name.includes('node_modules') }))
    if (!exclude(path)) found.push(root + path);
  return found.toSorted();
}

/** Node's own runner over `paths`; only leaves are counted, not the files and suites around them. */
async function nodeTests(paths: string[], concurrency: number): Promise<Outcome> {
  const outcome = nothing();
  if (paths.length === 0) return outcome;
  await new Promise<void>((resolve) => {
    const stream = runNodeTests({ files: paths, concurrency });
    const isLeaf = (data: { details: { type?: string }; file?: string; name: string }): boolean =>
      data.details.type !== 'suite' && !data.name.endsWith('.test.ts');
    stream.on('test:pass', (data) => void (isLeaf(data) && outcome.passed++));
    // A file that cannot even be loaded fails as a whole, and has to count.
    stream.on('test:fail', ({ name, file, details }) => {
      // A suite fails with its tests, which are told by themselves; one that fails by itself or in a hook of its own is told.
      const { failureType } = details.error as { failureType?: string };
      if (details.type === 'suite' && failureType === 'subtestsFailed') return;
      const place = file === undefined || file.endsWith(name) ? '' : ` (${file.replace(root, '')})`;
      outcome.failures.push(`${name}${place}\n${inspect(details.error.cause ?? details.error)}`);
    });
    // The reporter tells of failures last of all: whoever goes on before it is through hides them.
    const report = stream.compose(new spec());
    report.on('end', resolve);
    report.pipe(process.stdout, { end: false });
  });
  return outcome;
}

/** Runs a program that keeps in `report` what it found, which `read` counts. One that fails without saying of what, or keeps nothing, counts as a failure. */
async function checkWithReport(
  report: string,
  read: (found: string) => Outcome,
  command: string,
  args: string[],
): Promise<Outcome> {
  await rm(report, { force: true });
  const exit = await check(command, args);
  try {
    const outcome = read(await readFile(report, 'utf8'));
    return outcome.failures.length > 0 ? outcome : { ...outcome, failures: exit.failures };
  } catch (error) {
    return { passed: 0, failures: [...exit.failures, `${report.replace(root, '')}\n${String(error)}`] };
  }
}

const browserTests = (): Promise<Outcome> =>
  checkWithReport(`${root}.test/browser.json`, JSON.parse, bin('wtr'), [
    '--config',
    'test/web-test-runner.config.js',
  ]);

/** The fault matrix with its whole counts (`npm run faults`). */
const wholeFaults = (): Promise<Outcome> => {
  const read = (text: string): Outcome => {
    const figures = JSON.parse(text) as Figure[];
    const failed = figures.filter(({ passed }) => !passed);
    return {
      passed: figures.length - failed.length,
      failures: failed.map(({ row, with: by, unit, figures }) => `row ${row}, ${by}, ${unit}\n${figures}`),
    };
  };
  return checkWithReport(`${root}.test/faults.json`, read, process.execPath, ['test/faults/run.ts']);
};

const suites: Record<string, () => Promise<Outcome>> = {
  generated: async () =>
    sum(
      await check(process.execPath, ['packages/protocol/src/generate.ts', '--check']),
      await check(process.execPath, ['packages/elements/generate.ts', '--check']),
    ),
  types: () => check(bin('tsc'), ['--noEmit']),
  lint: () => check(bin('oxlint'), ['--quiet']),
  format: () => check(bin('oxfmt'), ['--check', '.']),
  // What a visitor downloads, and what evaluates a flow, against their budgets.
  size: async () =>
    sum(
      await check(process.execPath, ['packages/livechat-widget/size.ts']),
      await check(process.execPath, ['packages/flow/size.ts']),
    ),
  // By itself: it builds anew what others serve.
  packages: async () => nodeTests(await files(['test/packages/*.test.ts'], () => false), 1),
  node: async () =>
    nodeTests(
      await files(
        ['packages/*/*.test.ts', 'packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
        (path) =>
          path.endsWith('.browser.test.ts') ||
          /^test\/(journeys|pages)\//.test(path) ||
          /^test\/faults\/(faults|tabs)\./.test(path),
      ),
      2,
    ),
  browser: browserTests,
  pages: async () => nodeTests(await files(['test/pages/*.test.ts'], () => false), 1),
  faults: async () =>
    sum(
      await nodeTests(await files(['test/faults/{faults,tabs}.test.ts'], () => false), 1),
      isFull ? await wholeFaults() : nothing(),
    ),
  journeys: async () => nodeTests(await files(['test/journeys/*.test.ts'], () => false), 1),
};

await mkdir(`${root}.test`, { recursive: true });
const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

let total = nothing();
const { executablePath, from } = await findChromium();
const { found, missing } = lookForEngines();
console.log(`Browser tests and pages run in ${found.map(({ name }) => name).join(', ')}.`);
for (const name of missing) console.log(`Not on this machine, so nothing runs in it: ${name}`);
if (process.env['ALUR_ENGINES'] !== undefined) {
  for (const name of missing) total.failures.push(`ALUR_ENGINES wants ${name}, which is not here`);
  // The suites run in the others. Where there is none at all they say so themselves.
  if (found.length > 0) process.env['ALUR_ENGINES'] = found.map(({ name }) => name).join(',');
}
console.log(`Chromium from ${from}: ${executablePath}`);
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = performance.now();
  console.log(`\n== ${name}`);
  const outcome = await suite();
  total = sum(total, outcome);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${name}: ${outcome.passed} passed, ${outcome.failures.length} failed in ${seconds} s`);
}
if (total.failures.length > 0) {
  console.log('\n== failed');
  for (const failure of total.failures) {
    const lines = failure.split('\n');
    const more = lines.length > REASON_LINES ? ['… the rest is further up'] : [];
    console.log(`\n✖ ${[...lines.slice(0, REASON_LINES), ...more].join('\n  ')}`);
  }
}
if (process.env['ALUR_MISSING']) console.log(`\nWARNING: ${process.env['ALUR_MISSING']}`);
console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
process.exit(total.failures.length > 0 || total.passed === 0 ? 1 : 0);
