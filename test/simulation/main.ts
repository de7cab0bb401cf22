/**
 * `npm run simulate -- --seeds 1000000`: simulates many seeds on all cores and prints the result. `--seed N`
 * repeats one seed, and `--trace` prints its events.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { shrink, simulateReduced, type Reduction } from './shrink.ts';
import type { Batch, BatchResult } from './simulate-many.ts';
import { openThread } from './threads.ts';

const { values } = parseArgs({
  allowPositionals: false,
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    actions: { type: 'string' },
    without: { type: 'string', default: '' },
    trace: { type: 'boolean', default: false },
    plant: { type: 'string' },
  },
});

const BATCH = 250;
/** Number of last lines of a trace that are shown by default. */
const SHOWN_LINES = 40;
const SHOWN_FAILURES = 3;

const { plant: plantedBug } = values;
if (plantedBug !== undefined && !(plantedBug in PLANTED_BUGS)) {
  console.error(
    `No planted bug is called "${plantedBug}"; there are ${Object.keys(PLANTED_BUGS).join(', ')}.`,
  );
  process.exit(2);
}
const planted = plantedBug === undefined ? undefined : PLANTED_BUGS[plantedBug];
const failed = values.seed === undefined ? await simulateInThreads() : await repeat(Number(values.seed));
process.exit(failed ? 1 : 0);

/** Simulates one seed and prints the result. Returns whether it failed. */
async function repeat(seed: number): Promise<boolean> {
  const { actions } = values;
  const without = values.without.split(',').filter(Boolean);
  return tell(seed, { actions: actions === undefined ? undefined : Number(actions), without });
}

async function tell(seed: number, reduction: Reduction): Promise<boolean> {
  const { faults, lines } = await simulateReduced(seed, reduction, {
    trace: true,
    plantedBug: planted,
  });
  const from = values.trace ? 0 : Math.max(0, lines.length - SHOWN_LINES);
  if (from > 0) console.log(`      … ${from} lines before; --trace shows them`);
  console.log(lines.slice(from).join('\n'));
  for (const fault of faults) console.log(`  ✖ ${fault}`);
  if (faults.length === 0) console.log(`  ✔ seed ${seed}: everything holds`);
  return faults.length > 0;
}

/** Simulates seeds in threads. Returns whether one of them failed. */
async function simulateInThreads(): Promise<boolean> {
  const first = Number(values.from);
  const end = first + Number(values.seeds);
  const total: BatchResult = { count: 0, events: 0, inputs: 0, failures: [] };
  const began = performance.now();
  const rate = () => (total.count / ((performance.now() - began) / 1_000)).toFixed(0);
  let next = first;

  async function runThread(): Promise<void> {
    const thread = openThread(new URL('simulate-many.ts', import.meta.url));
    while (next < end && total.failures.length < SHOWN_FAILURES) {
      const batch: Batch = { from: next, count: Math.min(BATCH, end - next), plantedBug };
      next += batch.count;
      const result = await thread.call<BatchResult>('simulateMany', batch);
      total.count += result.count;
      total.events += result.events;
      total.inputs += result.inputs;
      total.failures.push(...result.failures);
      // Printed immediately, because a long run can be interrupted.
      for (const { seed, fault } of result.failures) console.log(`seed ${seed}: ${fault}`);
    }
    await thread.end();
  }
  const progress = setInterval(
    () => console.log(`${total.count} seeds, ${total.failures.length} failed, ${rate()} a second`),
    10_000,
  );
  await Promise.all(Array.from({ length: Number(values.jobs) }, runThread));
  clearInterval(progress);

  const { count, events, inputs, failures } = total;
  const sum = `${count} seeds from ${first}: ${inputs} inputs, ${events} events, ${rate()} seeds a second`;
  failures.sort((a, b) => a.seed - b.seed);
  for (const { seed, fault } of failures.slice(0, SHOWN_FAILURES)) {
    console.log(`\nSeed ${seed} failed: ${fault}\nA smaller course that fails as well:`);
    const reduction = await shrink(seed, planted);
    await tell(seed, reduction);
    console.log(`  again: npm run simulate -- ${argumentsFor(seed, reduction)}`);
  }
  const seeds = failures.map(({ seed }) => seed).join(' ');
  console.log(`\n${sum}\n${seeds === '' ? 'Everything held.' : `These failed: ${seeds}`}`);
  return failures.length > 0;
}

function argumentsFor(seed: number, { actions, without }: Reduction): string {
  return [
    `--seed ${seed}`,
    ...(actions === undefined ? [] : [`--actions ${actions}`]),
    ...(without.length === 0 ? [] : [`--without ${without.join(',')}`]),
    ...(plantedBug === undefined ? [] : [`--plant "${plantedBug}"`]),
  ].join(' ');
}
