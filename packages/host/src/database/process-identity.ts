import { readFileSync, readlinkSync } from 'node:fs';

/** What tells a process from all others, as far as the system says. */
export interface ProcessIdentity {
  pid: number;
  /**
   * When the process began, in the kernel's ticks since boot: tells it from a later one with the same number.
   */
  started: string | null;
  /** The boot in which it runs. */
  boot: string | null;
  /** The namespace of its number: each container has its own, in which it is often process 1. */
  namespace?: string | null;
}

export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    started: startOf(process.pid),
    boot: readText('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
    namespace: readLink('/proc/self/ns/pid'),
  };
}

/**
 * Whether `other` has ended: true or false where this process can see it, null where it cannot: in another
 * container, on another machine, or before a restart of this one.
 */
export function isGone(other: ProcessIdentity, me: ProcessIdentity): boolean | null {
  // Hosts of earlier versions did not write their namespace.
  const isVisible = other.namespace === undefined || other.namespace === me.namespace;
  if (other.boot !== me.boot || !isVisible) return null;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return true;
  }
  return other.started !== null && other.started !== startOf(other.pid);
}

/** The start time of a process on Linux; null elsewhere, where the number alone has to do. */
function startOf(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  // The second field is the command in brackets and may hold spaces; the start time is the 22nd of all.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
