import { randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isGone, thisProcess, type ProcessIdentity } from './process-identity.ts';

/** Holder of a data folder. `beat` changes with every renewal. */
interface Holder extends ProcessIdentity {
  token: string;
  host: string;
  beat: number;
}

/** Data that a thread needs to check a lease. It can be passed to a worker. */
export interface SharedLease {
  folder: string;
  holder: Holder;
  staleMs: number;
  /** Time of the last renewal in milliseconds since 1970, in one BigInt64. */
  renewedAt: SharedArrayBuffer;
}

/** Thrown when this process does not hold the folder any more. */
export class LeaseLost extends Error {}

/** A data folder held by this process. */
export interface FolderLease {
  readonly shared: SharedLease;
  /** Releases the folder. */
  release(): void;
}

export interface LeaseOptions {
  /**
   * Called once when another process has the folder, or the folder is gone. Nothing may be written after
   * that. A renewal that fails for another reason, such as a broken disk, is repeated.
   */
  onLost?: (reason: Error) => void;
  /** Milliseconds between renewals. Default: 5,000. */
  renewMs?: number;
  /** Age in milliseconds at which others may take the lease. Default: 30,000. */
  staleMs?: number;
  /** Called when another holder must be watched before it can be replaced. */
  onWait?: (message: string) => void;
  /** Identity of this process. For tests. */
  identity?: ProcessIdentity;
}

const LOCK = 'alur.lock';
const MARK = 'alur.lock.takeover';
/** A change of the holder takes milliseconds; an older mark was left by a crash. */
const MARK_STALE_MS = 5_000;
const POLL_MS = 100;

/**
 * Acquires a data folder for this process and renews the lease until it is released. Two databases on one
 * folder would destroy each other. A running holder in this process namespace is refused at once; one that
 * has ended is replaced at once. Any other holder (container, machine) is watched: the call is refused when
 * the holder renews its lease, and replaces the holder after `staleMs` without a renewal. Ages are measured
 * by the clock of the file system, which both sides share.
 */
export async function leaseFolder(folder: string, options: LeaseOptions = {}): Promise<FolderLease> {
  const { renewMs = 5_000, staleMs = 30_000, identity = thisProcess(), onLost, onWait = () => {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder: Holder = { ...identity, token: randomUUID(), host: hostname(), beat: 0 };
  const shared: SharedLease = { folder, holder, staleMs, renewedAt: new SharedArrayBuffer(8) };
  await acquire(shared, identity, onWait);
  const timer = setInterval(() => {
    try {
      checkLease(shared, true);
    } catch (error) {
      if (!(error instanceof LeaseLost)) return;
      clearInterval(timer);
      onLost?.(error);
    }
  }, renewMs).unref();
  return {
    shared,
    release() {
      clearInterval(timer);
      if (read(folder)?.token === holder.token) rmSync(join(folder, LOCK), { force: true });
    },
  };
}

/**
 * Throws `LeaseLost` when this process no longer holds the folder. Costs nothing while the lease is fresh. A
 * lease older than `staleMs` (the process was suspended) is acquired again if no other process has acquired
 * it meanwhile. Throws any other error when the lease cannot be read or renewed: the process must not write,
 * and may check again.
 */
export function checkLease(lease: SharedLease, renew = false): void {
  const { folder, holder, staleMs } = lease;
  const age = Date.now() - Number(Atomics.load(new BigInt64Array(lease.renewedAt), 0));
  const isFresh = age >= 0 && age < staleMs;
  if (isFresh && !renew) return;
  if (isFresh) return renewInPlace(lease);
  whileMarked(folder, holder, () => {
    if (read(folder)?.token !== holder.token) throw lost(folder);
    write(lease);
  });
}

async function acquire(
  lease: SharedLease,
  identity: ProcessIdentity,
  onWait: (message: string) => void,
): Promise<void> {
  const { folder, holder, staleMs } = lease;
  const began = performance.now();
  const first = read(folder);
  for (let isWaiting = false; ;) {
    const current = read(folder);
    if (current && current.token === first?.token && current.beat !== first.beat)
      throw taken(folder, current);
    const state = current ? isGone(current, identity) : true;
    if (state === false) throw taken(folder, current);
    const isStale = ageOf(folder) >= staleMs || performance.now() - began >= staleMs;
    if (state === true || isStale) {
      whileMarked(folder, holder, () => {
        const now = read(folder);
        // Another process was faster, or the holder still runs.
        if (now?.token !== current?.token || now?.beat !== current?.beat) throw taken(folder, now);
        write(lease);
      });
      return;
    }
    if (!isWaiting && current)
      onWait(
        `The data folder ${folder} is held by process ${current.pid} on ${current.host}. ` +
          `Waiting up to ${staleMs / 1000} s to see whether it still runs.`,
      );
    isWaiting = true;
    await pause(Math.min(POLL_MS, staleMs / 10));
  }
}

/** Runs `change` while no other process changes the holder. Throws when another process does. */
function whileMarked(folder: string, holder: Holder, change: () => void): void {
  const mark = join(folder, MARK);
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  // The other thread of this process acquires the same lease again, which takes milliseconds.
  for (let attempts = 0; attempts < 200 && parse(mark)?.token === holder.token; attempts++)
    Atomics.wait(sleep, 0, 0, 5);
  if (!create(mark, holder)) {
    const age = Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age < MARK_STALE_MS) throw taken(folder, parse(mark));
    rmSync(mark, { force: true });
    if (!create(mark, holder)) throw taken(folder, parse(mark));
  }
  try {
    change();
  } finally {
    rmSync(mark, { force: true });
  }
}

function create(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') throw gone(path);
    // A full disk leaves an empty file, which would block the next start.
    rmSync(path, { force: true });
    throw error;
  }
}

function write({ folder, holder, renewedAt }: SharedLease): void {
  holder.beat = Date.now();
  const path = join(folder, LOCK);
  const temporary = `${path}.${holder.token}`;
  try {
    // Rename the file in one step, so that no reader sees an incomplete file.
    writeFileSync(temporary, JSON.stringify(holder), { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw gone(folder);
    throw error;
  }
  Atomics.store(new BigInt64Array(renewedAt), 0, BigInt(holder.beat));
}

/**
 * Renews the lease without a new file, so that it succeeds on a full disk. Only the digits of `beat` change,
 * so a reader in between sees a complete holder. When another process has replaced the file, this writes to
 * the file that it replaced.
 */
function renewInPlace({ folder, holder, renewedAt }: SharedLease): void {
  let file: number;
  try {
    file = openSync(join(folder, LOCK), 'r+');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? gone(folder) : error;
  }
  try {
    if (parseHolder(readFileSync(file, 'utf8'))?.token !== holder.token) throw lost(folder);
    holder.beat = Date.now();
    writeSync(file, JSON.stringify(holder), 0);
  } finally {
    closeSync(file);
  }
  Atomics.store(new BigInt64Array(renewedAt), 0, BigInt(holder.beat));
}

function read(folder: string): Holder | null {
  return parse(join(folder, LOCK));
}

/** Reads the holder. Returns null when there is none, or when a crash left an incomplete file. */
function parse(path: string): Holder | null {
  try {
    return parseHolder(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && 'pid' in value ? (value as Holder) : null;
  } catch {
    return null;
  }
}

/** Returns the milliseconds since the last renewal, by the clock of the file system. */
function ageOf(folder: string): number {
  const probe = join(folder, `${LOCK}.${randomUUID()}`);
  try {
    writeFileSync(probe, '');
    const now = statSync(probe).mtimeMs;
    return now - (statSync(join(folder, LOCK), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  } finally {
    rmSync(probe, { force: true });
  }
}

function taken(folder: string, holder: Holder | null): LeaseLost {
  const where = holder && holder.host !== hostname() ? ` on ${holder.host}` : '';
  const other = holder ? `process ${holder.pid}${where}` : 'another process';
  return new LeaseLost(
    `The data folder ${folder} is in use by ${other}. Stop that one first, or give this one a folder of its own: ` +
      `two hosts on one folder would lose messages.`,
  );
}

function lost(folder: string): LeaseLost {
  const holder = read(folder);
  return holder
    ? new LeaseLost(`The data folder ${folder} was taken over by process ${holder.pid} on ${holder.host}.`)
    : gone(folder);
}

function gone(folder: string): LeaseLost {
  return new LeaseLost(`The data folder ${folder} was emptied or removed while the host was running.`);
}
