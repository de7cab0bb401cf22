import type { Trial } from '../row.ts';
import type { Harness } from './harness.ts';
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
  return onBothDatabases(unit, async (harness, seconds, host) => {
    const result = await measureAttack(harness, { ...setup, seconds, host });
    const more = check?.(result, seconds);
    return [result.figures, ...(more ? [more] : [])].join('; ');
  });
}

/** Returns a trial on PGlite and one on PostgreSQL. `run` gets the options of the host. */
export function onBothDatabases(
  unit: string,
  run: (harness: Harness, seconds: number, host: { postgresUrl?: string }) => Promise<string>,
): Trial[] {
  const shared = { with: 'requests', counts: COUNTS, isFullOnly: true } as const;
  return [
    { ...shared, unit: `${unit}, on PGlite`, run: (harness, seconds) => run(harness, seconds, {}) },
    {
      ...shared,
      unit: `${unit}, on PostgreSQL`,
      needs: 'postgres',
      run: async (harness, seconds) => run(harness, seconds, { postgresUrl: await harness.postgresUrl() }),
    },
  ];
}
