import type { Database } from '../database/database.ts';

/** A database that counts its operations by name. */
export interface CountedDatabase extends Database {
  counts: Map<string, number>;
  /** Maximum number of operations of `peakNames` that ran at once. */
  peak(): number;
}

/** Counts the operations of `database`. `peakNames`: operations whose concurrency is measured. */
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
