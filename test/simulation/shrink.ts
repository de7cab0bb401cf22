import { simulate } from './simulate.ts';
import type { Scenario } from './scenario.ts';
import type { Plant, SimulationResult } from './simulation.ts';

/** How a scenario is made smaller than what its seed drew. */
export interface Reduction {
  /** Only the first so many things happen. */
  actions?: number | undefined;
  /** Deeds and kinds of weather that do not happen. */
  without: readonly string[];
}

/** A scenario with less in it. */
export function reduced(scenario: Scenario, { actions, without }: Reduction): Scenario {
  const off = <T extends object>(numbers: T): T =>
    Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, without.includes(name) ? 0 : (value as unknown)]),
    ) as T;
  return {
    ...scenario,
    actions: Math.min(actions ?? Infinity, scenario.actions),
    weights: off(scenario.weights),
    weather: off(scenario.weather),
  };
}

/** Simulates a seed with less in it. */
export function simulateReduced(
  seed: number,
  reduction: Reduction,
  options: { trace?: boolean; plant?: (() => Plant) | undefined } = {},
): Promise<SimulationResult> {
  return simulate(seed, {
    trace: options.trace ?? false,
    plant: options.plant?.(),
    adjust: (scenario) => reduced(scenario, reduction),
  });
}

/** What a seed drew that could be left out. */
function partsOf(scenario: Scenario): string[] {
  const names = ({ weights, weather }: Scenario) => [...Object.entries(weights), ...Object.entries(weather)];
  return names(scenario).flatMap(([name, value]) => (typeof value === 'number' && value > 0 ? [name] : []));
}

/**
 * Looks for a smaller course that fails as well: first fewer actions, then one kind of trouble after the
 * other left out. Less in it is another course, so it may fail with another sentence.
 */
export async function shrink(seed: number, plant?: () => Plant): Promise<Reduction> {
  let best: Reduction = { without: [] };
  const fails = async (reduction: Reduction) =>
    (await simulateReduced(seed, reduction, { plant })).faults.length > 0;

  let drawn: Scenario | null = null;
  await simulate(seed, { plant: plant?.(), adjust: (scenario) => (drawn = scenario) });
  const scenario = drawn as unknown as Scenario;
  for (let actions = 1; actions < scenario.actions; actions++)
    if (await fails({ ...best, actions })) {
      best = { ...best, actions };
      break;
    }
  for (const part of partsOf(scenario)) {
    const smaller = { ...best, without: [...best.without, part] };
    if (await fails(smaller)) best = smaller;
  }
  return best;
}
