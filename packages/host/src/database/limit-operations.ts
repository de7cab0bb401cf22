import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Database } from './database.ts';
import { createFairQueue, shareOf } from './fair-queue.ts';

export interface OperationLimit {
  /** Maximum number of operations that run at once. */
  atOnce: number;
  /**
   * Whether the next operation waits as long as the last one took, at most 100 ms. So these operations use at
   * most half of the time of `atOnce` places. Default: false.
   */
  isPaced?: boolean;
}

const MAX_PAUSE_MS = 100;

/**
 * Returns the database with a limit of operations running through it. Further ones wait here, without a time
 * limit, and accounts take turns. So many jobs that end together do not take every connection from requests,
 * and do not time out.
 */
export function limitOperations(
  database: Database,
  { atOnce, isPaced = false }: OperationLimit,
): Pick<Database, 'run' | 'notify'> {
  const queue = createFairQueue({ atOnce, maxWaiting: Infinity });
  return {
    run: (name, input) =>
      new Promise((resolve, reject) => {
        const perform = async (): Promise<void> => {
          const began = performance.now();
          await database.run(name, input).then(resolve, reject);
          // The caller does not wait for the pause.
          if (isPaced) await pauseFor(Math.min(performance.now() - began, MAX_PAUSE_MS));
        };
        queue.run(shareOf(name, input), perform).catch(reject);
      }),
    notify: (hostEvent) => database.notify(hostEvent),
  };
}
