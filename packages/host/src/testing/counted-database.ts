import type { Database } from '../database/database.ts';

/** A database that counts the operations it runs, by name. */
export function countedDatabase(database: Database): Database & { counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return {
    ...database,
    counts,
    run(name, input) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return database.run(name, input);
    },
  };
}
