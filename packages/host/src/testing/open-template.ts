import type { Database } from '../database/database.ts';
import { openPGlite } from '../database/pglite-database.ts';
import { templateFile } from './template-file.ts';

/**
 * Opens a database in memory with all tables and no rows. This is much faster than a new database of
 * `createHost`.
 */
export async function openTemplate(
  clock: () => number = Date.now,
  kindsModule: string | null = null,
): Promise<Database> {
  return openPGlite({ dataDir: null, clock, template: await templateFile(), kindsModule });
}
