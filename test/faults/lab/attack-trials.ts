import type { Trial } from '../row.ts';
import { measureAttack, type AttackResult, type AttackSetup } from './measure-attack.ts';

export interface AttackTrials extends Omit<AttackSetup, 'seconds'> {
  /** What happens during the seconds of the attack. */
  unit: string;
  /** Checks other results of the attack, and returns text for the figures. */
  check?: (result: AttackResult, seconds: number) => string | void;
}

/** Seconds of an attack. The same number of seconds is measured before it. */
const COUNTS = { shrunk: 0, full: 40 };

/** Returns the trials of an attack. */
export function attackTrials({ unit, check, ...setup }: AttackTrials): Trial[] {
  return [
    {
      with: 'requests',
      counts: COUNTS,
      unit,
      isFullOnly: true,
      async run(lab, seconds) {
        const result = await measureAttack(lab, { ...setup, seconds });
        const more = check?.(result, seconds);
        return [result.figures, ...(more ? [more] : [])].join('; ');
      },
    },
  ];
}
