import { chmod, mkdir, readdir, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file beside the database. It shows that the folder has held one, also when the database is gone. */
export const MARKER = 'alur-data.json';
const DATABASE = 'pglite';
/** Less free space than this is too little to open a database, in bytes. */
const MIN_FREE = 64 * 1024 * 1024;

const RESTORE =
  'Restore the folder from a backup (the whole folder, while no host runs), or choose an empty folder with --data.';

/**
 * Prepares the data folder and returns the path of the database in it. Makes it readable by this user alone. Throws when
 * the folder has held a database that is not there any more, belongs to something else, or has no space left.
 */
export async function prepareDataFolder(folder: string, markerFile?: string): Promise<string> {
  const database = join(folder, DATABASE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
    // A mounted volume may belong to another user, or know no permissions.
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
 * Leaves the markers, once the database has been opened: one in the folder, and `markerFile` outside of it, which also
 * shows a folder that was removed or whose volume is not mounted.
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

/** What to tell the operator when the database in `folder` could not be opened. */
export async function explainOpenFailure(folder: string | null, error: Error): Promise<Error> {
  if (folder === null)
    return new Error(`The database in memory could not be opened: ${error.message}`, { cause: error });
  const space = await requireSpace(folder).catch((full: Error) => full);
  if (space instanceof Error) return space;
  const entries = await readdir(join(folder, DATABASE)).catch(() => []);
  return new Error(
    `The database in ${folder} could not be opened: ${error.message}. Its files are damaged or incomplete ` +
      `(${entries.length} entries in ${DATABASE}). Nothing was changed. ${RESTORE}`,
    { cause: error },
  );
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < MIN_FREE)
    throw new Error(
      `The disk of the data folder ${folder} is full: ${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free, ` +
        `${MIN_FREE / 2 ** 20} MiB are needed. Make space, then start the host again.`,
    );
}
