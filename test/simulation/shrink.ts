import { simulate } from './simulate.ts';
import type { Scenario } from './scenario.ts';
import type { PlantedBug, SimulationResult } from './simulation.ts';

/** Reduces a scenario. */
export interface Reduction {
  /** Only the first actions, up to this number. */
  actions?: number | undefined;
  /** Kinds of actions and network faults that are left out. */
  without: readonly string[];
}

/** Returns a reduced scenario. */
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

/** Simulates a seed with a reduction. */
export function simulateReduced(
  seed: number,
  reduction: Reduction,
  options: { trace?: boolean; plantedBug?: (() => PlantedBug) | undefined } = {},
): Promise<SimulationResult> {
  return simulate(seed, {
    trace: options.trace ?? false,
    plantedBug: options.plantedBug?.(),
    adjust: (scenario) => reduced(scenario, reduction),
  });
}

/** Returns the parts of a seed's scenario that can be left out. */
function partsOf(scenario: Scenario): string[] {
  const names = ({ weights, weather }: Scenario) => [...Object.entries(weights), ...Object.entries(weather)];
  return names(scenario).flatMap(([name, value]) => (typeof value === 'number' && value > 0 ? [name] : []));
}

/**
 * Searches for a smaller scenario that fails as well: first with fewer actions, then without one kind of
 * fault after the other. A reduced scenario takes another course, so it can fail with another message.
 */
export async function shrink(seed: number, plantedBug?: () => PlantedBug): Promise<Reduction> {
  let best: Reduction = { without: [] };
  const fails = async (reduction: Reduction) =>
    (await simulateReduced(seed, reduction, { plantedBug })).faults.length > 0;

  let drawn: Scenario | null = null;
  await simulate(seed, { plantedBug: plantedBug?.(), adjust: (scenario) => (drawn = scenario) });
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
