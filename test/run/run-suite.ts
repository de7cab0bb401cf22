/**
 * Runs one suite in this process: `node test/run/run-suite.ts <suite>`. `main.ts` starts one process a suite,
 * so that a suite that hangs can be ended as a whole. What was found is left in `.test/suites/<suite>.json`,
 * up to date at any moment.
 *
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Outcome } from './outcome.ts';
import { suites } from './suites.ts';
import { resultFile, type SuiteResult } from './suite-process.ts';

const name = process.argv[2] ?? '';
const path = resultFile(name);
/** How often the file is written, in milliseconds. */
const WRITE_MS = 500;
let written = 0;

function write(outcome: Outcome, isDone: boolean): void {
  const result: SuiteResult = { ...outcome, isDone, cpuMs: cpuMs() };
  writeFileSync(`${path}.part`, JSON.stringify(result));
  renameSync(`${path}.part`, path);
  written = performance.now();
}

/**
 * CPU time of this process and of all that it started and that have ended, in milliseconds; only Linux says
 * it.
 */
function cpuMs(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, cutime and cstime in ticks of 10 ms: proc_pid_stat(5).
    return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks) * 10, 0);
  } catch {
    return null;
  }
}

// A run that is killed takes its suite along.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent)
    process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}, 1_000).unref();

const outcome = await suites[name]!((soFar) => {
  if (performance.now() - written > WRITE_MS) write(soFar, false);
});
write(outcome, true);
process.exit(0);
