import type { Database } from './database.ts';

/**
 * Returns the database with at most `atOnce` operations running through it. Further ones wait here, in order
 * and without a time limit. So many jobs that end together do not take every connection from requests, and do
 * not time out.
 */
export function limitOperations(database: Database, atOnce: number): Pick<Database, 'run' | 'notify'> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return {
    async run(name, input) {
      if (running < atOnce) running += 1;
      else await new Promise<void>((start) => waiting.push(start));
      try {
        return (await database.run(name, input)) as never;
      } finally {
        // Pass the slot to the next operation directly, so that a new one cannot take it.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
    notify: (notice) => database.notify(notice),
  };
}
