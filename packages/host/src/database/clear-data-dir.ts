import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MARKER } from './data-folder.ts';
import { leaseFolder } from './folder-lease.ts';

/**
 * Throws away what a host keeps in a data folder, so that the next one begins empty. Holds the folder while
 * it does; rejects, naming the process and touching nothing, when a running host has it.
 */
export async function clearDataDir(dataDir: string): Promise<void> {
  const folder = resolve(dataDir);
  const lease = await leaseFolder(folder);
  try {
    await rm(join(folder, MARKER), { force: true });
    await rm(join(folder, 'pglite'), { recursive: true, force: true });
  } finally {
    lease.release();
  }
}
