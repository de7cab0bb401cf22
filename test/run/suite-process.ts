import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nothing, type Outcome } from './outcome.ts';
import { ROOT } from './test-files.ts';

/** Result file of a suite's process. */
export interface SuiteResult extends Outcome {
  /** Whether the suite reached its end. */
  isDone: boolean;
  cpuMs: number | null;
}

/** A suite that ended or was stopped. */
export interface SuiteRun extends Outcome {
  name: string;
  ms: number;
  /** CPU time, in milliseconds; null where it is not available. */
  cpuMs: number | null;
}

const STOP_SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
const SCRIPT = fileURLToPath(new URL('run-suite.ts', import.meta.url));

export const resultFile = (name: string): string => `${ROOT}.test/suites/${name}.json`;

/**
 * Runs a suite in a process group of its own. Ends the whole group after `limitMs` milliseconds, which counts
 * as one failure in addition to the result so far.
 */
export async function runSuiteProcess(name: string, limitMs: number, script = SCRIPT): Promise<SuiteRun> {
  mkdirSync(`${ROOT}.test/suites`, { recursive: true });
  rmSync(resultFile(name), { force: true });
  const began = performance.now();
  const child = spawn(process.execPath, [script, name], {
    cwd: ROOT,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  });
  const end = (signal: NodeJS.Signals): void => endGroup(child.pid, signal);
  const stop = (signal: NodeJS.Signals): void => {
    end(signal);
    process.exit(130);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  let isOverTime = false;
  const timer = setTimeout(() => {
    isOverTime = true;
    end('SIGKILL');
  }, limitMs);
  const exit = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(`ended with ${code ?? signal}`));
  });
  clearTimeout(timer);
  for (const signal of STOP_SIGNALS) process.off(signal, stop);
  // A process that a test left running must not slow the next suite.
  end('SIGKILL');
  const { isDone, cpuMs, ...outcome } = readResult(name);
  const failures = [...outcome.failures];
  if (isOverTime)
    failures.push(`suite ${name}\nended: it took more than ${Math.round(limitMs / 60_000)} minutes`);
  else if (!isDone) failures.push(`suite ${name}\nits process ${exit} before it was done`);
  return { ...outcome, failures, name, ms: performance.now() - began, cpuMs };
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Every process of the group has ended.
  }
}

function readResult(name: string): SuiteResult {
  try {
    return JSON.parse(readFileSync(resultFile(name), 'utf8')) as SuiteResult;
  } catch {
    return { ...nothing(), isDone: false, cpuMs: null };
  }
}
