import type { Database } from './database.ts';

/**
 * Returns the database with at most `atOnce` operations running through it. Further ones wait here, in order
 * and without a time limit, so that many jobs that end together neither take every connection from requests
 * nor time out among themselves.
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
        // The place passes to the next operation directly: one that arrives in between cannot take it.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
    notify: (notice) => database.notify(notice),
  };
}
