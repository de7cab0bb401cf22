import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MARKER } from './data-folder.ts';
import { leaseFolder } from './folder-lease.ts';

/**
 * Deletes the data of a host from its data folder, so that the next host starts empty. Locks the folder
 * meanwhile. Rejects when a running host has the folder; the error names the process, and nothing is deleted.
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
