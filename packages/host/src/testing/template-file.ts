import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * A file with an empty PGlite data folder, made once for each version of PGlite: a new database takes seconds to make and a tenth of that to
 * load. Several test processes may make it at once; the last one's stays.
 */
export async function templateFile(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const path = join(tmpdir(), `alur-test-pglite-${version}.tar`);
  if (existsSync(path)) return path;
  const database = await PGlite.create('memory://');
  const dump = await database.dumpDataDir('none');
  await database.close();
  const draft = join(await mkdtemp(join(tmpdir(), 'alur-test-')), 'template.tar');
  await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
  await rename(draft, path);
  return path;
}
