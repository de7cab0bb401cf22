/**
 * Runs `npm test`: static checks, Node tests, browser tests, journeys. Names of suites as arguments run only
 * those (`npm test -- node journeys`). Prints the failures with their reasons at the end, then the minutes of
 * each suite next to those of `test/budgets.json`, and one line, `N passed, N failed`. Each engine in
 * `ALUR_ENGINES` that is not installed counts as one failure. `ALUR_MISSING` is a warning that is printed
 * before the last line.
 *
 * @module
 */
import budgets from '../budgets.json' with { type: 'json' };
import { findChromium } from '../support/chromium.ts';
import { lookForEngines } from '../support/engines/find-engines.ts';
import { isFull } from '../support/run-size.ts';
import { describeFailures, describeTime, type Minutes } from './report.ts';
import { runSuiteProcess, type SuiteRun } from './suite-process.ts';
import { CI_ONLY, suites } from './suites.ts';

/** Factor of a suite's budget after which it is ended: budgets are for 2 cores without other work. */
const SLACK = 3;
/** Minimum limit of a suite, in minutes. */
const LEAST_MINUTES = 5;

const allowed: Minutes = isFull ? budgets['.ci/run'] : budgets['npm test'];
/** End of the whole run, on the clock of `performance.now()`. */
const deadline = performance.now() + (isFull ? budgets['hard limit'] : 60) * 60_000;

/** Returns the time limit of a suite in milliseconds. */
function limitOf(name: string): number {
  const limit = Math.max(LEAST_MINUTES, SLACK * (allowed[name] ?? 0)) * 60_000;
  return Math.min(limit, deadline - performance.now());
}

async function runSuites(names: readonly string[]): Promise<SuiteRun[]> {
  const runs: SuiteRun[] = [];
  for (const name of names) {
    const limit = limitOf(name);
    if (limit <= 0) {
      const failures = [`suite ${name}\nnot run: the suites before it took all of the time`];
      runs.push({ name, passed: 0, failures, ms: 0, cpuMs: null });
      continue;
    }
    console.log(`\n== ${name}`);
    const run = await runSuiteProcess(name, limit);
    runs.push(run);
    const seconds = (run.ms / 1000).toFixed(1);
    console.log(`== ${name}: ${run.passed} passed, ${run.failures.length} failed in ${seconds} s`);
  }
  return runs;
}

/**
 * Prints the engines and browsers of the run. Returns a failure for each requested engine that is not
 * installed.
 */
async function announceEngines(): Promise<string[]> {
  const { executablePath, from } = await findChromium();
  const { found, missing } = lookForEngines();
  console.log(`Browser tests and pages run in ${found.map(({ name }) => name).join(', ')}.`);
  console.log(`Chromium from ${from}: ${executablePath}`);
  // The suites run in the others. Without any engine, the suites themselves report it.
  if (found.length > 0) process.env['ALUR_ENGINES'] = found.map(({ name }) => name).join(',');
  return missing.map((name) => `ALUR_ENGINES wants ${name}, which is not installed`);
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = wanted.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const missing = await announceEngines();
/** `.ci/run` sets this when an installed Chromium starts. */
const hasSystemChromium = isFull && Boolean(process.env['ALUR_SYSTEM_CHROMIUM']);
const names = Object.keys(suites).filter((name) =>
  wanted.length > 0 ? wanted.includes(name) : hasSystemChromium || !CI_ONLY.includes(name),
);
const runs = await runSuites(names);
const passed = runs.reduce((total, run) => total + run.passed, 0);
const failures = [...missing, ...runs.flatMap((run) => run.failures)];
if (failures.length > 0) console.log(`\n== failed\n\n${describeFailures(failures)}`);
console.log(`\n== ${describeTime(runs, allowed)}`);
if (process.env['ALUR_MISSING']) console.log(`\nWARNING: ${process.env['ALUR_MISSING']}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 || passed === 0 ? 1 : 0);
