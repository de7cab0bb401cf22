import { chmod, mkdir, readdir, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Name of a file beside the database. It marks a folder that has held a database, even when the database is
 * gone.
 */
export const MARKER = 'alur-data.json';
const DATABASE = 'pglite';
/** Minimum free space to open a database and to write, in bytes. */
export const MIN_FREE = 64 * 1024 * 1024;

const RESTORE =
  'Restore the folder from a backup (the whole folder, while no host runs), or choose an empty folder with --data.';

/**
 * Prepares the data folder and returns the path of the database in it. Makes the folder readable by its user
 * only. Throws when the folder has held a database that no longer exists, belongs to another program, or has
 * no space left.
 */
export async function prepareDataFolder(folder: string, markerFile?: string): Promise<string> {
  const database = join(folder, DATABASE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
    // A mounted volume may belong to another user, or not support permissions.
    if (error.code !== 'EPERM' && error.code !== 'ENOTSUP') throw error;
  });
  const markers: string[] = [];
  for (const path of markersOf(folder, markerFile)) if (await exists(path)) markers.push(path);
  if (markers.length > 0 && !(await exists(join(database, 'PG_VERSION'))))
    throw new Error(
      `The data folder ${folder} has held a database, but it is gone. ${RESTORE} ` +
        `To start with an empty database on purpose, delete ${markers.join(' and ')}.`,
    );
  await requireSpace(folder);
  await mkdir(database, { recursive: true, mode: 0o700 });
  return database;
}

/**
 * Writes the markers after the database was opened: one in the folder, and `markerFile` outside of it. The
 * outer one also detects a folder that was removed or whose volume is not mounted.
 */
export async function markDataFolder(folder: string, markerFile?: string): Promise<void> {
  const text = `${JSON.stringify({ product: 'alur', database: join(folder, DATABASE) })}\n`;
  for (const path of markersOf(folder, markerFile))
    await writeFile(path, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      // The folder around a mounted volume is often read-only.
      if (path !== markerFile || dirname(path) === folder) throw error;
    });
}

function markersOf(folder: string, markerFile?: string): string[] {
  return [join(folder, MARKER), ...(markerFile === undefined ? [] : [markerFile])];
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Returns whether the database in `folder` failed with `error` because its disk is full. */
export async function isOutOfSpace(folder: string, error: Error): Promise<boolean> {
  return isFullDisk(error) || (await freeSpace(folder)) < MIN_FREE;
}

/** Returns an error for the operator when the database in `folder` could not be opened because of `error`. */
export async function explainOpenFailure(folder: string | null, error: Error): Promise<Error> {
  if (folder === null)
    return new Error(`The database in memory could not be opened: ${error.message}`, { cause: error });
  const free = await freeSpace(folder);
  if (free < MIN_FREE || isFullDisk(error)) return fullDisk(folder, free, error);
  const entries = await readdir(join(folder, DATABASE)).catch(() => []);
  return new Error(
    `The database in ${folder} could not be opened: ${error.message}. Its files are damaged or incomplete ` +
      `(${entries.length} entries in ${DATABASE}). Nothing was changed. ${RESTORE}`,
    { cause: error },
  );
}

/**
 * Returns an error for the operator when `error` means that the disk of `folder` is full. Returns `error`
 * unchanged otherwise.
 */
export async function explainFullDisk(folder: string, error: Error): Promise<Error> {
  return isFullDisk(error) ? fullDisk(folder, await freeSpace(folder), error) : error;
}

async function requireSpace(folder: string): Promise<void> {
  const free = await freeSpace(folder);
  if (free < MIN_FREE) throw fullDisk(folder, free);
}

/** Returns the free space on the disk of `folder`, which need not exist yet, in bytes. */
export async function freeSpace(folder: string): Promise<number> {
  for (let place = folder; ; place = dirname(place)) {
    const disk = await statfs(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || place === dirname(place)) throw error;
      return null;
    });
    if (disk) return disk.bavail * disk.bsize;
  }
}

/**
 * Returns whether a write failed because the disk, or the quota of the user, is full. PGlite uses the error
 * numbers of WASI.
 */
function isFullDisk({ code, errno, name, message }: NodeJS.ErrnoException): boolean {
  if (name === 'ErrnoError') return errno === 51 || errno === 19;
  return (
    code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || /no space left on device/i.test(message)
  );
}

function fullDisk(folder: string, free: number, cause?: Error): Error {
  const mebibytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;
  const reason =
    free < MIN_FREE
      ? ` is full: ${mebibytes(free)} are free, ${mebibytes(MIN_FREE)} are needed`
      : ', or the quota of the user of this process, is full';
  return new Error(`The disk of the data folder ${folder}${reason}. Make space, then start the host again.`, {
    cause,
  });
}
