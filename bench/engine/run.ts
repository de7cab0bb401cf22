/**
 * `npm run bench:engine`: first messages per second through one fork of 10, 100 and 900 branches, compared
 * with a hand-written if/else and three peers. All run in one process, in turns. Then it measures how long
 * reading and compiling 2,000 cards takes. All fold texts with the engine's own function, so that only the
 * decisions differ. `-- --only-engine` leaves the peers out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compileFlow, parseFlow, type VisitorInput } from '@alur/flow';
import { alur, type Decide, handWritten, jsonLogic, jsonRules, xstate } from './contestants.ts';
import { makeBranches, makeFlow, makeInputs } from './decision.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const isEngineOnly = process.argv.includes('--only-engine');
if (!isEngineOnly && !existsSync(`${here}node_modules`)) {
  console.log('Installing the peers, once…');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
}

/**
 * Many short rounds in turns. A contestant's share is the median of its rates, each divided by the rate of
 * the if/else in the same round. Other work on the machine slows both.
 */
const ROUNDS = 60;
const ROUND_MS = 20;
/** Minimum share of the engine, in percent of the hand-written if/else. */
const BUDGET = 85;
const BAR = 'hand-written if/else';
const folder = mkdtempSync(`${tmpdir()}/alur-bench-`);

try {
  for (const count of [10, 100, 900]) await compare(count);
  readAndCompile();
} finally {
  rmSync(folder, { recursive: true });
}

async function compare(count: number): Promise<void> {
  const branches = makeBranches(count);
  const inputs = makeInputs(branches) as (VisitorInput & { kind: 'message' })[];
  const contestants: [string, Decide][] = [
    [BAR, await handWritten(branches, folder)],
    ['@alur/flow', alur(branches)],
  ];
  if (!isEngineOnly)
    contestants.push(
      ['json-logic-engine, compiled', await jsonLogic(branches, folder)],
      ['XState v5', await xstate(branches, folder)],
      ['json-rules-engine', await jsonRules(branches, folder)],
    );
  await agree(contestants, inputs);

  const rates = new Map<string, number[]>(contestants.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS + 10; round++) {
    // Every second round in reverse order, so that none always follows the same one.
    for (const [name, decide] of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const rate = await measure(decide, inputs);
      // The first rounds warm up.
      if (round >= 10) rates.get(name)!.push(rate);
    }
  }
  const bar = rates.get(BAR)!;
  console.log(`\nA fork of ${count} branches, first messages a second (medians of ${ROUNDS} rounds):`);
  for (const [name] of contestants) {
    const own = rates.get(name)!;
    const rate = Math.round(median(own)).toLocaleString('en');
    const share = Math.round(100 * median(own.map((one, round) => one / bar[round]!)));
    const budget = name === '@alur/flow' ? `  budget ${BUDGET} %` : '';
    console.log(`  ${name.padEnd(30)}${rate.padStart(12)}${`${share} %`.padStart(8)}${budget}`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Returns the CPU time of this thread in milliseconds, which leaves out other programs. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Throws when contestants decide differently. */
async function agree(
  contestants: [string, Decide][],
  inputs: (VisitorInput & { kind: 'message' })[],
): Promise<void> {
  for (const input of inputs) {
    const answers = await Promise.all(contestants.map(([, decide]) => decide(input)));
    if (new Set(answers).size > 1)
      throw new Error(`Not the same decision for "${input.text}": ${answers.join(', ')}`);
  }
}

async function measure(decide: Decide, inputs: (VisitorInput & { kind: 'message' })[]): Promise<number> {
  const isAsync = decide(inputs[0]!) instanceof Promise;
  const start = cpuMs();
  let done = 0;
  let took = 0;
  let length = 0;
  while (took < ROUND_MS) {
    for (let i = 0; i < 100; i++) {
      const answer = decide(inputs[done++ % inputs.length]!);
      length += ((isAsync ? await answer : answer) as string).length;
    }
    took = cpuMs() - start;
  }
  // Use the result, so that the engine cannot drop the computation.
  if (length === 0) throw new Error('nothing was decided');
  return (done / took) * 1000;
}

function readAndCompile(): void {
  const flow = JSON.parse(JSON.stringify(makeFlow(makeBranches(998)))) as unknown;
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    const result = parseFlow(flow);
    if (!result.ok) throw new Error(result.problems[0]!.message);
    compileFlow(result.flow);
    return performance.now() - start;
  });
  const [first, best, middle] = [times[0]!, Math.min(...times), median(times)].map(
    (ms) => `${ms.toFixed(1)} ms`,
  );
  console.log(`\nparseFlow + compileFlow of 1,999 cards: first ${first}, best ${best}, median ${middle}`);
}
