import type { Trial } from '../row.ts';
import type { Lab } from './lab.ts';
import { measureAttack, type AttackResult, type AttackSetup } from './measure-attack.ts';

export interface AttackTrials extends Omit<AttackSetup, 'seconds'> {
  /** What happens during the seconds of the attack. */
  unit: string;
  /** Checks other results of the attack, and returns text for the figures. */
  check?: (result: AttackResult, seconds: number) => string | void;
}

/** Seconds of an attack. The same number of seconds is measured before it. */
const COUNTS = { shrunk: 0, full: 40 };

/** Returns the trials of an attack, one on each database. */
export function attackTrials({ unit, check, ...setup }: AttackTrials): Trial[] {
  return onBothDatabases(unit, async (lab, seconds, host) => {
    const result = await measureAttack(lab, { ...setup, seconds, host });
    const more = check?.(result, seconds);
    return [result.figures, ...(more ? [more] : [])].join('; ');
  });
}

/** Returns a trial on PGlite and one on PostgreSQL. `run` gets the options of the host. */
export function onBothDatabases(
  unit: string,
  run: (lab: Lab, seconds: number, host: { postgresUrl?: string }) => Promise<string>,
): Trial[] {
  const shared = { with: 'requests', counts: COUNTS, isFullOnly: true } as const;
  return [
    { ...shared, unit: `${unit}, on PGlite`, run: (lab, seconds) => run(lab, seconds, {}) },
    {
      ...shared,
      unit: `${unit}, on PostgreSQL`,
      needs: 'postgres',
      run: async (lab, seconds) => run(lab, seconds, { postgresUrl: await lab.postgresUrl() }),
    },
  ];
}
