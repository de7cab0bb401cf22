import { preparedFlows } from './flows.ts';
import { Simulation, type SimulationOptions, type SimulationResult } from './simulation.ts';

/** Simulates a seed. The same seed and the same code give the same result. */
export async function simulate(
  seed: number,
  options: Omit<SimulationOptions, 'flows'> = {},
): Promise<SimulationResult> {
  flows ??= preparedFlows();
  const simulation = new Simulation(seed, { ...options, flows: await flows });
  const reject = (error: unknown) =>
    simulation.faults.push(
      `Unhandled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  process.on('unhandledRejection', reject);
  const { stackTraceLimit } = Error;
  // Errors are expected, and their stacks are not used.
  if (!options.trace) Error.stackTraceLimit = 0;
  try {
    return await simulation.run();
  } finally {
    process.off('unhandledRejection', reject);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

let flows: ReturnType<typeof preparedFlows> | null = null;
