/**
 * `npm run bench:engine`: first messages a second through one fork of 10, 100 and 900 branches, beside a hand-written
 * if/else and three peers, all in one process, in turns; then how long reading and compiling 2,000 cards takes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compileFlow, parseFlow, type VisitorInput } from '@alur/flow';
import { alur, type Decide, handWritten, jsonLogic, jsonRules, xstate } from './contestants.ts';
import { makeBranches, makeFlow, makeInputs } from './decision.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${here}node_modules`)) {
  console.log('Installing the peers, once…');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
}

/** Many short rounds in turns, of which the best counts: other work on the machine then hits all alike, or none. */
const ROUNDS = 60;
const ROUND_MS = 20;
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
    ['hand-written if/else', await handWritten(branches, folder)],
    ['the same, tuned for ASCII', await handWritten(branches, folder, { isTuned: true })],
    ['@alur/flow', alur(branches)],
    ['json-logic-engine, compiled', await jsonLogic(branches, folder)],
    ['XState v5', await xstate(branches, folder)],
    ['json-rules-engine', await jsonRules(branches, folder)],
  ];
  await agree(contestants, inputs);

  const rates = new Map<string, number[]>(contestants.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS + 10; round++) {
    for (const [name, decide] of contestants) {
      const rate = await measure(decide, inputs);
      // The first rounds are for warming up.
      if (round >= 10) rates.get(name)!.push(rate);
    }
  }
  const fastest = (name: string) => Math.max(...rates.get(name)!);
  const bar = fastest('hand-written if/else');
  console.log(`\nA fork of ${count} branches, first messages a second (best of ${ROUNDS} rounds):`);
  for (const [name] of contestants) {
    const rate = Math.round(fastest(name));
    console.log(
      `  ${name.padEnd(30)}${rate.toLocaleString('en').padStart(12)}${`${Math.round((100 * rate) / bar)} %`.padStart(8)}`,
    );
  }
}

/** All have to decide alike, or the figures mean nothing. */
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
  const start = performance.now();
  let done = 0;
  let took = 0;
  let length = 0;
  while (took < ROUND_MS) {
    for (let i = 0; i < 100; i++) {
      const answer = decide(inputs[done++ % inputs.length]!);
      length += ((isAsync ? await answer : answer) as string).length;
    }
    took = performance.now() - start;
  }
  // What nobody looks at might never be computed.
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
  const sorted = times.toSorted((a, b) => a - b);
  const [first, best, median] = [times[0]!, sorted[0]!, sorted[15]!].map((ms) => `${ms.toFixed(1)} ms`);
  console.log(`\nparseFlow + compileFlow of 1,999 cards: first ${first}, best ${best}, median ${median}`);
}
