import pLimit from 'p-limit';
import type { Database } from './database.ts';

/**
 * Returns the database with at most `atOnce` operations running through it. Further ones wait here, in order
 * and without a time limit. So many jobs that end together do not take every connection from requests, and do
 * not time out.
 */
export function limitOperations(database: Database, atOnce: number): Pick<Database, 'run' | 'notify'> {
  const limit = pLimit(atOnce);
  return {
    run: (name, input) => limit(() => database.run(name, input)) as never,
    notify: (notice) => database.notify(notice),
  };
}
