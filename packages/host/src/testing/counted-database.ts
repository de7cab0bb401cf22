import type { Database } from '../database/database.ts';

/** A database that counts the operations it runs, by name. */
export interface CountedDatabase extends Database {
  counts: Map<string, number>;
  /** The most operations of `peakNames` that ran at once. */
  peak(): number;
}

/** Counts the operations of `database`. `peakNames`: those whose number at once is measured. */
export function countedDatabase(database: Database, peakNames: readonly string[] = []): CountedDatabase {
  const counts = new Map<string, number>();
  let running = 0;
  let peak = 0;
  return {
    ...database,
    counts,
    peak: () => peak,
    async run(name, input) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      const isMeasured = peakNames.includes(name);
      if (isMeasured) peak = Math.max(peak, (running += 1));
      try {
        return (await database.run(name, input)) as never;
      } finally {
        if (isMeasured) running -= 1;
      }
    },
  };
}
