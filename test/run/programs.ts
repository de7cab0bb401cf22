import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import type { Outcome } from './outcome.ts';
import { ROOT } from './test-files.ts';

/** Returns the path of a command that npm installed. */
export const bin = (name: string): string => `${ROOT}node_modules/.bin/${name}`;

/**
 * Runs one program with its output shown. It counts as one test, which passes when the program ends with 0.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    const fail = (why: string): void => {
      const what = [command.replace(ROOT, ''), ...args.slice(0, 12)].join(' ');
      resolve({ passed: 0, failures: [`${what}\n${why}`] });
    };
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve({ passed: 1, failures: [] });
      else fail(`ended with ${code ?? signal}; what it printed is further up`);
    });
  });
}

/**
 * Runs a program that writes its result into the file `report`, and returns the outcome that `read` makes of
 * it. A program counts as one failure when it fails without a failure in the file, or writes no file.
 */
export async function runWithReport(
  report: string,
  read: (text: string) => Outcome,
  ...program: Parameters<typeof runProgram>
): Promise<Outcome> {
  const path = ROOT + report;
  await rm(path, { force: true });
  const exit = await runProgram(...program);
  try {
    const outcome = read(await readFile(path, 'utf8'));
    return outcome.failures.length > 0 ? outcome : { ...outcome, failures: exit.failures };
  } catch (error) {
    return { passed: 0, failures: [...exit.failures, `${report}\n${String(error)}`] };
  }
}
