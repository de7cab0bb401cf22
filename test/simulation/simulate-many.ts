import { PLANTED_BUGS } from './planted-bugs.ts';
import { simulate } from './simulate.ts';

/** Seeds to simulate, one after the other. */
export interface Batch {
  from: number;
  count: number;
  /** A planted bug by its name. */
  plantedBug?: string | undefined;
  /** Stops after this number of failures. Default: never. */
  enough?: number;
}

/** Result of a batch. */
export interface BatchResult {
  /** Number of simulated seeds. */
  count: number;
  events: number;
  inputs: number;
  /** Seeds that failed, with their first fault. */
  failures: { seed: number; fault: string }[];
}

/** Simulates a batch of seeds. */
export async function simulateMany({
  from,
  count,
  plantedBug,
  enough = Infinity,
}: Batch): Promise<BatchResult> {
  const result: BatchResult = { count: 0, events: 0, inputs: 0, failures: [] };
  for (let seed = from; seed < from + count && result.failures.length < enough; seed++) {
    const { faults, events, inputs } = await simulate(seed, {
      plantedBug: plantedBug === undefined ? undefined : PLANTED_BUGS[plantedBug]?.(),
    });
    result.count += 1;
    result.events += events;
    result.inputs += inputs;
    if (faults[0] !== undefined) result.failures.push({ seed, fault: faults[0] });
  }
  return result;
}
