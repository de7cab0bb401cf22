/**
 * Runs one suite in this process: `node test/run/run-suite.ts <suite>`. `main.ts` starts one process per
 * suite, so that a suite that hangs can be ended as a whole. The result is in `.test/suites/<suite>.json` and
 * always up to date.
 *
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Outcome } from './outcome.ts';
import { suites } from './suites.ts';
import { resultFile, type SuiteResult } from './suite-process.ts';

const name = process.argv[2] ?? '';
const path = resultFile(name);
/** Interval of writing the file, in milliseconds. */
const WRITE_MS = 500;
let written = 0;

function write(outcome: Outcome, isDone: boolean): void {
  const result: SuiteResult = { ...outcome, isDone, cpuMs: cpuMs() };
  writeFileSync(`${path}.part`, JSON.stringify(result));
  renameSync(`${path}.part`, path);
  written = performance.now();
}

/**
 * Returns the CPU time of this process and of its ended children, in milliseconds. Available on Linux only.
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

// End the suite when its parent is killed.
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
