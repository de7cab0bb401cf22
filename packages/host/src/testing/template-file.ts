import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../database/migrate.ts';

const MIGRATIONS = new URL('../database/migrations/', import.meta.url);

/**
 * Returns a file with a PGlite data folder that has all tables and no rows. It is created once for each
 * version of PGlite and of the migrations: a new database takes seconds on both cores, and loading this one a
 * fraction. Several test processes may create it at once; the last one's file stays.
 */
export async function templateFile(): Promise<string> {
  const path = join(tmpdir(), `alur-test-pglite-${await version()}.tar`);
  if (existsSync(path)) return path;
  const database = await PGlite.create('memory://');
  await migrate({
    exec: (text) => database.exec(text),
    query: async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows,
  });
  const dump = await database.dumpDataDir('none');
  await database.close();
  const temporary = join(await mkdtemp(join(tmpdir(), 'alur-test-')), 'template.tar');
  await writeFile(temporary, Buffer.from(await dump.arrayBuffer()));
  await rename(temporary, path);
  return path;
}

/** Returns PGlite's version and a hash of all migrations. */
async function version(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const hash = createHash('sha256');
  for (const name of (await readdir(MIGRATIONS)).toSorted())
    hash.update(name).update(await readFile(new URL(name, MIGRATIONS)));
  return `${version}-${hash.digest('hex').slice(0, 12)}`;
}
