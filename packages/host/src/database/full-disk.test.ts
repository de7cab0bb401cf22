import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isHostProblem } from '../problem.ts';
import { templateFile } from '../testing/template-file.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { openPGlite, type PGliteOptions } from './pglite-database.ts';

const fullDiskWorker = new URL('../testing/full-disk-worker.ts', import.meta.url);
const MEBIBYTE = 2 ** 20;

/** Creates a path for a data folder: of a host that has run before, or of a new one. */
async function dataFolder(t: TestContext, hasDatabase: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-full-disk-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  if (!hasDatabase) return dataDir;
  await mkdir(join(dataDir, 'pglite'), { recursive: true });
  execFileSync('tar', ['-xf', await templateFile(), '-C', join(dataDir, 'pglite')], { stdio: 'ignore' });
  return dataDir;
}

function noSpace(): Error {
  const message = 'ENOSPC: no space left on device, write';
  return Object.assign(new Error(message), { code: 'ENOSPC', errno: -28, syscall: 'write' });
}

/** Makes `statfs` report these amounts of free space in turn. The last one is repeated. */
function reportFree(t: TestContext, ...bytes: number[]): void {
  let calls = 0;
  const report = () => Promise.resolve({ bavail: bytes[Math.min(calls++, bytes.length - 1)]!, bsize: 1 });
  t.mock.method(fs.promises, 'statfs', report as unknown as typeof fs.promises.statfs);
}

/** Makes writes of new files with these paths fail as on a full disk, after the file was created. */
function failWriting(t: TestContext, paths: RegExp): void {
  const { writeFileSync } = fs;
  t.mock.method(fs, 'writeFileSync', (...call: Parameters<typeof writeFileSync>) => {
    if (!paths.test(String(call[0]))) return writeFileSync(...call);
    writeFileSync(call[0], '', call[2]);
    throw noSpace();
  });
  const { writeFile } = fs.promises;
  t.mock.method(fs.promises, 'writeFile', (...call: Parameters<typeof writeFile>) =>
    paths.test(String(call[0])) ? Promise.reject(noSpace()) : writeFile(...call),
  );
}

const HAS_FREE = /is full: 4 MiB are free, 64 MiB are needed\. Make space, then start the host again\./;
const HAS_REASON = /is full\. Make space, then start the host again\./;

const situations: {
  name: string;
  hasDatabase: boolean;
  message: RegExp;
  fill: (t: TestContext) => Partial<PGliteOptions> | void;
}[] = [
  {
    name: 'a disk with too little space for a new database',
    hasDatabase: false,
    message: HAS_FREE,
    fill: (t) => reportFree(t, 4 * MEBIBYTE),
  },
  {
    name: 'a disk with too little space for a database that exists',
    hasDatabase: true,
    message: HAS_FREE,
    fill: (t) => reportFree(t, 4 * MEBIBYTE),
  },
  {
    name: 'a disk without space for the lease',
    hasDatabase: true,
    message: HAS_REASON,
    fill: (t) => failWriting(t, /alur\.lock\.takeover$/),
  },
  {
    name: 'a disk that becomes full while a new database is written',
    hasDatabase: false,
    message: HAS_REASON,
    fill: () => ({ workerUrl: fullDiskWorker }),
  },
  {
    name: 'a disk that becomes full while a database is opened',
    hasDatabase: true,
    message: HAS_FREE,
    fill(t) {
      reportFree(t, 1024 * MEBIBYTE, 4 * MEBIBYTE);
      return { workerUrl: fullDiskWorker };
    },
  },
  {
    name: 'a disk that becomes full before the marker is written',
    hasDatabase: true,
    message: HAS_REASON,
    fill: (t) => failWriting(t, /alur-data\.json$/),
  },
];

for (const { name, hasDatabase, message, fill } of situations)
  test(`${name} is reported with a remedy, and the next start succeeds`, async (t) => {
    const dataDir = await dataFolder(t, hasDatabase);
    const options = fill(t) ?? {};
    syncBuiltinESMExports();
    t.after(syncBuiltinESMExports);
    await assert.rejects(openPGlite({ dataDir, clock: Date.now, ...options }), message);
    t.mock.restoreAll();
    syncBuiltinESMExports();

    const left = await readdir(dataDir);
    assert.deepEqual(
      left.filter((file) => file.startsWith('alur.lock')),
      [],
      'the folder is free again',
    );
    // Loading the template is much faster than creating a new database.
    const template = hasDatabase ? undefined : await templateFile();
    const database = await openPGlite({ dataDir, clock: Date.now, ...(template && { template }) });
    assert.ok(await database.run('hostSecret', undefined));
    await database.close();
  });

test('while the disk is full reads succeed, writes get 503, and the lease is kept', async (t) => {
  const dataDir = await dataFolder(t, true);
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const fatal: Error[] = [];
  const database = await openPGlite({
    dataDir,
    clock: Date.now,
    logger: { info: note, warn: note, error: note },
    onFatal: (error) => fatal.push(error),
    lease: { renewMs: 20, staleMs: 60_000 },
    spaceCheckMs: 20,
  });
  t.after(() => database.close());
  const write = () => database.run('importWorkspace', { workspace: workspaceOf('full') });
  const beat = async (): Promise<number> =>
    (JSON.parse(await readFile(join(dataDir, 'alur.lock'), 'utf8')) as { beat: number }).beat;
  await database.run('hostSecret', undefined);

  reportFree(t, 4 * MEBIBYTE);
  failWriting(t, /alur\.lock/);
  syncBuiltinESMExports();
  t.after(syncBuiltinESMExports);
  await until(() => log.length > 0);
  await assert.rejects(write(), (error) => isHostProblem(error) && error.status === 503);
  assert.deepEqual(await database.run('listDashboardOrigins', undefined), []);
  const before = await beat();
  await until(async () => (await beat()) > before);
  assert.deepEqual(fatal, []);

  t.mock.restoreAll();
  syncBuiltinESMExports();
  await until(() => log.length > 1);
  assert.equal((await write()).created.accounts, 1);
  assert.match(log.join('\n'), /nearly full \(4 MiB are free\)[^]*has space again/);
});

/** Repeats the check until it passes; fails after ten seconds. */
async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const guard = AbortSignal.timeout(10_000);
  while (!(await check())) {
    guard.throwIfAborted();
    await pause(5);
  }
}
