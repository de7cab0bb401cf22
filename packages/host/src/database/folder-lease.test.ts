import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clearDataDir } from './clear-data-dir.ts';
import { leaseFolder, type LeaseOptions } from './folder-lease.ts';
import { thisProcess } from './process-identity.ts';

const HOLDER = fileURLToPath(new URL('../testing/hold-folder.ts', import.meta.url));
/** Lease times of these tests: long enough for a slow machine to renew in time. */
const TIMES = { renewMs: 100, staleMs: 1_500 };

const holders: ChildProcess[] = [];

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-lease-'));
  t.after(async () => {
    for (const child of holders.splice(0))
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

interface Start {
  /** Command that starts the process, such as `unshare`. */
  command?: string[];
  suspendAfter?: number;
}

/** Starts another process that holds the folder. */
async function holdElsewhere(
  folder: string,
  options: LeaseOptions,
  { command = [], suspendAfter = 0 }: Start = {},
) {
  const own = [HOLDER, folder, JSON.stringify({ ...TIMES, ...options }), String(suspendAfter)];
  const line = [...command, process.execPath, ...own];
  const child = spawn(line[0]!, line.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  holders.push(child);
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => void lines.push(String(chunk)));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  await until(async () => lines.length > 0 || child.exitCode !== null);
  return { child, output: () => lines.join(''), exited };
}

/** Returns how much the holder has written. */
const written = async (folder: string): Promise<number> =>
  (await stat(join(folder, 'writes')).catch(() => ({ size: 0 }))).size;

/** Repeats the check until it passes; fails after ten seconds. */
async function until(check: () => Promise<boolean>): Promise<void> {
  const guard = AbortSignal.timeout(10_000);
  while (!(await check())) {
    guard.throwIfAborted();
    await pause(5);
  }
}

const other = { pid: 1, started: '1', boot: 'another-boot', namespace: 'pid:[1]' };

test('a folder held by a running process is rejected immediately, also for the same process', async (t) => {
  const folder = await folderFor(t);
  const lease = await leaseFolder(folder);
  await assert.rejects(leaseFolder(folder), new RegExp(`in use by process ${process.pid}\\.`));
  lease.release();
  (await leaseFolder(folder)).release();
});

test('the lease of an ended process is taken over immediately', async (t) => {
  const folder = await folderFor(t);
  const me = thisProcess();
  for (const holder of [
    JSON.stringify({ ...me, pid: 2_147_483_646, token: 'a', host: 'h', beat: 1 }),
    JSON.stringify({ ...me, started: '1', token: 'a', host: 'h', beat: 1 }),
    JSON.stringify({ pid: 2_147_483_646, started: null, boot: me.boot }),
    'half a fi',
  ]) {
    await writeFile(join(folder, 'alur.lock'), holder);
    (await leaseFolder(folder, { staleMs: 60_000 })).release();
  }
});

test('two containers with the same process id: the second is rejected while the first renews its lease', async (t) => {
  const folder = await folderFor(t);
  const first = await holdElsewhere(folder, { identity: { ...thisProcess(), pid: 1 } });
  assert.equal(first.output(), 'held\n');
  await assert.rejects(leaseFolder(folder, { ...TIMES, identity: other }), /in use by process 1\b/);
  const before = await written(folder);
  await until(async () => (await written(folder)) > before);
});

const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
if (canUnshare)
  test('two real process namespaces, process 1 in each', async (t) => {
    const folder = await folderFor(t);
    const command = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
    const first = await holdElsewhere(folder, {}, { command });
    assert.equal(first.output(), 'held\n');
    const second = await holdElsewhere(folder, {}, { command });
    assert.match(second.output(), /in use by process 1\b/);
    assert.equal((await second.exited)[0], 1);
  });

test('a suspended holder does not write after another process took over the folder', async (t) => {
  const folder = await folderFor(t);
  const holder = await holdElsewhere(folder, {}, { suspendAfter: 5 });
  await until(async () => (await written(folder)) === 5);
  const waits: string[] = [];
  const lease = await leaseFolder(folder, {
    ...TIMES,
    identity: other,
    onWait: (message) => void waits.push(message),
  });
  assert.match(waits.join(), /Waiting up to 1\.5 s/);
  holder.child.kill('SIGCONT');
  assert.equal((await holder.exited)[0], 3);
  assert.match(holder.output(), /was taken over by process 1 on /);
  assert.equal(await written(folder), 5);
  lease.release();
});

test('a suspended holder continues if no other process took over the folder', async (t) => {
  const folder = await folderFor(t);
  const holder = await holdElsewhere(folder, { staleMs: 200 }, { suspendAfter: 5 });
  await until(async () => (await written(folder)) === 5);
  await pause(400);
  holder.child.kill('SIGCONT');
  await until(async () => (await written(folder)) > 5 || holder.child.exitCode !== null);
  assert.equal(holder.child.exitCode, null, holder.output());
});

test('a lease is released only by its holder', async (t) => {
  const folder = await folderFor(t);
  const lease = await leaseFolder(folder);
  await writeFile(join(folder, 'alur.lock'), JSON.stringify({ ...other, token: 'b', host: 'h', beat: 1 }));
  lease.release();
  assert.match(await readFile(join(folder, 'alur.lock'), 'utf8'), /"token":"b"/);
});

test('a data folder is deleted only when no host uses it', async (t) => {
  const folder = await folderFor(t);
  await mkdir(join(folder, 'pglite'));
  const lease = await leaseFolder(folder);
  await assert.rejects(clearDataDir(folder), /in use by process \d+/);
  assert.deepEqual((await readdir(folder)).sort(), ['alur.lock', 'pglite']);
  lease.release();
  await clearDataDir(folder);
  assert.deepEqual(await readdir(folder), []);
});
