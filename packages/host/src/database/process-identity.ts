import { readFileSync, readlinkSync } from 'node:fs';

/** Data that identifies a process, as far as the system provides it. */
export interface ProcessIdentity {
  pid: number;
  /**
   * Start time of the process in the kernel's ticks since boot: distinguishes it from a later process with
   * the same id.
   */
  started: string | null;
  /** Id of the boot in which it runs. */
  boot: string | null;
  /** PID namespace: each container has its own, in which the process often has id 1. */
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
 * Returns whether `other` has ended. Null when this process cannot see it: in another container, on another
 * machine, or before a restart of this one.
 */
export function isGone(other: ProcessIdentity, me: ProcessIdentity): boolean | null {
  // Hosts of earlier versions did not write their namespace.
  const isVisible = other.namespace === undefined || other.namespace === me.namespace;
  if (other.boot !== me.boot || !isVisible) return null;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    // EPERM: the process runs under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return true;
  }
  return other.started !== null && other.started !== startOf(other.pid);
}

/**
 * Returns the start time of a process on Linux. Null on other systems, where only the process id is compared.
 */
function startOf(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  // The second field is the command in brackets and may contain spaces; the start time is field 22.
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
