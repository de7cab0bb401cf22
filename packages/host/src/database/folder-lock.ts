import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds a data folder. */
interface Holder {
  pid: number;
  /** When that process began, in the kernel's ticks since boot; tells it from a later one with the same number. */
  started: string | null;
  /** The boot in which it ran: after a restart of the machine every holder is gone. */
  boot: string | null;
}

const LOCK = 'alur.lock';
const TAKEOVER = 'alur.lock.takeover';
/** Taking over a stale lock is a matter of milliseconds; a takeover mark older than this was left by a crash. */
const TAKEOVER_STALE_MS = 5_000;

/**
 * Takes the data folder for this process alone and gives the way to let go. Throws at once, naming the other process,
 * when one that lives has it: two databases on one folder lose acknowledged rows without a word.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, LOCK);
  const me: Holder = { pid: process.pid, started: startOf(process.pid), boot: bootId() };
  const text = JSON.stringify(me);
  if (!create(path, text)) takeOver(folder, path, text);
  return () => {
    if (read(path) === text) rmSync(path, { force: true });
  };
}

function takeOver(folder: string, path: string, text: string): void {
  const holder = parse(read(path));
  if (holder && lives(holder)) throw taken(folder, holder);
  // Two processes may both see a stale lock: only the one that makes this mark may replace it.
  const mark = join(folder, TAKEOVER);
  if (!create(mark, text)) {
    if (Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0) < TAKEOVER_STALE_MS)
      throw taken(folder, parse(read(mark)));
    rmSync(mark, { force: true });
    if (!create(mark, text)) throw taken(folder, parse(read(mark)));
  }
  try {
    const now = parse(read(path));
    if (now && lives(now)) throw taken(folder, now);
    rmSync(path, { force: true });
    if (!create(path, text)) throw taken(folder, parse(read(path)));
  } finally {
    rmSync(mark, { force: true });
  }
}

function taken(folder: string, holder: Holder | null): Error {
  const who = holder ? `process ${holder.pid}` : 'another process';
  return new Error(
    `The data folder ${folder} is in use by ${who}. Stop that one first, or give this one a folder of its own: ` +
      `two hosts on one folder would lose messages.`,
  );
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string | null): Holder | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return value && typeof value === 'object' && 'pid' in value ? (value as Holder) : null;
  } catch {
    return null;
  }
}

function lives({ pid, started, boot }: Holder): boolean {
  if (boot !== null && boot !== bootId()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === null || started === startOf(pid);
}

/** Linux tells when a process began; elsewhere the process number alone has to do. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the command in brackets and may hold spaces; the start time is the 22nd of all.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function bootId(): string | null {
  return read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}
