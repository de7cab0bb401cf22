import type { Database } from './database.ts';
import { createFairQueue, shareOf } from './fair-queue.ts';

/**
 * Returns the database with at most `atOnce` operations running through it. Further ones wait here, without a
 * time limit, and accounts take turns. So many jobs that end together do not take every connection from
 * requests, and do not time out.
 */
export function limitOperations(database: Database, atOnce: number): Pick<Database, 'run' | 'notify'> {
  const queue = createFairQueue({ atOnce, maxWaiting: Infinity });
  return {
    run: (name, input) => queue.run(shareOf(name, input), () => database.run(name, input)),
    notify: (hostEvent) => database.notify(hostEvent),
  };
}
