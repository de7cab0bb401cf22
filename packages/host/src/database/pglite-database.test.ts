import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isHostProblem } from '../problem.ts';
import { templateFile } from '../testing/template-file.ts';
import { openPGlite, type PGliteOptions } from './pglite-database.ts';

test('calls over the queue limit are rejected with Retry-After, and queued calls complete', async (t) => {
  const template = await templateFile();
  const database = await openPGlite({ dataDir: null, clock: Date.now, template, maxWaiting: 3 });
  t.after(() => database.close());
  const calls = await Promise.allSettled(
    Array.from({ length: 5 }, () => database.run('hostSecret', undefined)),
  );
  assert.deepEqual(
    calls.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
  const reason: unknown = (calls[4] as PromiseRejectedResult).reason;
  assert.ok(isHostProblem(reason));
  assert.deepEqual([reason.status, reason.code], [503, 'overloaded']);
  assert.ok((reason.members.retryAfter ?? 0) > 0);
  assert.ok(await database.run('hostSecret', undefined), 'with room again it takes calls again');
});

test('a busy account delays another one only by its running operations', async (t) => {
  const template = await templateFile();
  const database = await openPGlite({ dataDir: null, clock: Date.now, template });
  t.after(() => database.close());
  const answered: string[] = [];
  const ask = async (accountId: string) => {
    await database.run('listLabels', { accountId, limit: 10 });
    answered.push(accountId);
  };
  const first = ask('acc_many');
  const many = Array.from({ length: 99 }, () => ask('acc_many'));
  await first;
  await ask('acc_other');
  assert.ok(answered.length < 20, `${answered.length} were answered by then`);
  await Promise.all(many);
});

const workerUrl = new URL('../testing/faulty-worker.ts', import.meta.url);

/** Creates a data folder with a new database in it. */
async function folderWithDatabase(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-pglite-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'data/pglite'), { recursive: true });
  execFileSync('tar', ['-xf', await templateFile(), '-C', join(folder, 'data/pglite')], { stdio: 'ignore' });
  return join(folder, 'data');
}

/** Opens a database on a folder. Returns it with everything that it logs. */
async function openOnFolder(t: TestContext, dataDir: string, options: Partial<PGliteOptions> = {}) {
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const logger = { info: note, warn: note, error: note };
  const database = await openPGlite({ dataDir, clock: Date.now, logger, ...options });
  t.after(() => database.close());
  return { database, log };
}

const isUnavailable = (error: unknown): boolean =>
  isHostProblem(error) && error.status === 503 && (error.members.retryAfter ?? 0) > 0;

test('a thread that ends or hangs is restarted on the folder; calls get 503 with Retry-After meanwhile', async (t) => {
  const dataDir = await folderWithDatabase(t);
  const { database, log } = await openOnFolder(t, dataDir, { workerUrl, hangMs: 600 });
  const secret = await database.run('hostSecret', undefined);
  for (const fault of ['die', 'hang']) {
    const resync = new Promise<void>((done) => {
      database.listen(({ kind }) => kind === 'resync' && done());
    });
    await assert.rejects(database.run(fault as 'ping', undefined), isUnavailable);
    await assert.rejects(database.run('ping', undefined), isUnavailable, 'also while it starts');
    await resync;
    assert.equal(await database.run('hostSecret', undefined), secret, 'what was committed is there');
  }
  assert.match(log.join('\n'), /thread of the database ended[^]*available again[^]*not responded for 0\.6 s/);
});

test('a folder that another process took over is not written', async (t) => {
  const dataDir = await folderWithDatabase(t);
  let report = (_error: Error): void => {};
  const lost = new Promise<Error>((resolve) => (report = resolve));
  // Every check sees a stale lease, as after a suspension of the process.
  const lease = { renewMs: 60_000, staleMs: 0 };
  const { database } = await openOnFolder(t, dataDir, { lease, onFatal: report });
  assert.ok(await database.run('ping', undefined), 'a lease that no other process took is taken again');
  const next = { pid: 1, started: null, boot: null, namespace: null, token: 'b', host: 'web-2', beat: 1 };
  await writeFile(join(dataDir, 'alur.lock'), JSON.stringify(next));
  await assert.rejects(database.run('ping', undefined), isUnavailable);
  assert.match((await lost).message, /taken over by process 1 on web-2/);
});

test('the data folder and its files are readable by their user alone', async (t) => {
  const old = process.umask(0o022);
  t.after(() => process.umask(old));
  const dataDir = await folderWithDatabase(t);
  await openOnFolder(t, dataDir);
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
  assert.equal((await stat(join(dataDir, 'alur.lock'))).mode & 0o077, 0);
});

test('an emptied, removed or damaged folder is reported with a remedy, and is not changed', async (t) => {
  const dataDir = await folderWithDatabase(t);
  const options = { markerFile: `${dataDir}.marker` };
  const first = await openOnFolder(t, dataDir, options);
  await first.database.close();

  await rm(join(dataDir, 'pglite/PG_VERSION'));
  await assert.rejects(openOnFolder(t, dataDir, options), /has held a database, but it is gone[^]*backup/);
  await rm(dataDir, { recursive: true });
  await assert.rejects(openOnFolder(t, dataDir, options), /to start with an empty database on purpose/i);
  assert.deepEqual(await readdir(dataDir), [], 'no new database was begun');

  const damaged = await folderWithDatabase(t);
  await rm(join(damaged, 'pglite/global'), { recursive: true });
  await assert.rejects(openOnFolder(t, damaged), /could not be opened[^]*damaged[^]*backup/);
});
