import type { FlowPin } from '@alur/protocol';
import { VERSIONS } from './flows.ts';
import { FINE, type Weather } from './network.ts';
import type { Random } from './random.ts';

/**
 * The parameters of one simulation. Each has other faults, and most have only a few, so that faults are found
 * separately.
 */
export interface Scenario {
  /** Whether transactions overlap, as in PostgreSQL. */
  isOverlapping: boolean;
  /** Number of host processes on one database. */
  processes: number;
  served: FlowPin | null;
  devices: { hasLocks: boolean; clockError: number }[];
  weather: Weather;
  /** Number of actions. */
  actions: number;
  /** Relative frequency of each kind of action. */
  weights: Record<Deed, number>;
}

/** The kinds of actions. */
export type Deed =
  | 'say'
  | 'press'
  | 'type'
  | 'open'
  | 'close'
  | 'kill'
  | 'reload'
  | 'hide'
  | 'freeze'
  | 'net'
  | 'mend'
  | 'older'
  | 'clock'
  | 'reply'
  | 'resolve'
  | 'assign'
  | 'label'
  | 'version'
  | 'crash'
  | 'deploy'
  | 'deaf'
  | 'night';

const ALWAYS: Partial<Record<Deed, number>> = { say: 30, press: 12 };
const SOMETIMES: Record<Exclude<Deed, 'say' | 'press'>, number> = {
  type: 2,
  open: 5,
  close: 3,
  kill: 4,
  reload: 5,
  hide: 4,
  freeze: 3,
  net: 6,
  mend: 6,
  older: 1,
  clock: 3,
  reply: 8,
  resolve: 5,
  assign: 2,
  label: 2,
  version: 2,
  crash: 4,
  deploy: 2,
  deaf: 2,
  night: 1,
};
const DAY = 86_400_000;

/** Draws a scenario from random numbers. */
export function drawScenario(random: Random): Scenario {
  const isOverlapping = random.chance(0.4);
  const weights = { ...ALWAYS } as Record<Deed, number>;
  for (const [deed, weight] of Object.entries(SOMETIMES) as [keyof typeof SOMETIMES, number][])
    weights[deed] = random.chance(0.5) ? weight : 0;
  return {
    isOverlapping,
    processes: isOverlapping && random.chance(0.4) ? 2 : 1,
    served: random.pick([VERSIONS[0]!, VERSIONS[0]!, VERSIONS[1]!, ...VERSIONS]),
    devices: Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => ({
      hasLocks: random.chance(0.8),
      clockError: random.chance(0.7) ? 0 : random.between(-DAY, DAY),
    })),
    weather: random.chance(0.15) ? FINE : drawWeather(random),
    actions: 6 + random.below(14),
    weights,
  };
}

function drawWeather(random: Random): Weather {
  const some = (most: number) => (random.chance(0.35) ? random.between(0, most) : 0);
  return {
    latency: random.pick([
      [1, 10],
      [5, 80],
      [50, 900],
    ]),
    lost: some(0.3),
    answerLost: some(0.3),
    hangs: some(0.1),
    slow: some(0.1),
    gateway: some(0.2),
    tooMany: some(0.15),
    expired: some(0.15),
    twice: some(0.2),
    cut: some(0.8),
    silent: some(0.3),
  };
}
