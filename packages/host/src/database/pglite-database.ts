import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HostProblem } from '../problem.ts';
import {
  explainFullDisk,
  explainOpenFailure,
  isOutOfSpace,
  markDataFolder,
  prepareDataFolder,
} from './data-folder.ts';
import type { Database } from './database.ts';
import { leaseFolder, type FolderLease, type LeaseOptions } from './folder-lease.ts';
import { createListeners } from './listeners.ts';
import { startThread, type PGliteThread } from './pglite-thread.ts';
import type { WorkerResponse, WorkerSetup } from './pglite-worker.ts';
import { watchSpace, type SpaceWatch } from './space-watch.ts';
import { databaseOverloaded, databaseUnavailable, messageOf } from './unavailable.ts';
import { within } from './within.ts';

/** Options of a PGlite database. */
export interface PGliteOptions {
  /** Data folder; null keeps everything in memory, for tests. */
  dataDir: string | null;
  clock: () => number;
  /**
   * File with an initial data folder (PGlite's `dumpDataDir`), in memory only. Loading it is much faster than
   * creating a new one.
   */
  template?: string;
  /** Maximum number of waiting calls; further ones are rejected with `overloaded`. Default: 2,000. */
  maxWaiting?: number;
  /** Default: `console`. */
  logger?: { info(message: string): void; warn(message: string): void; error(message: string): void };
  /**
   * Called once when the database cannot be used any more: the folder is lost, or the thread does not start
   * again.
   */
  onFatal?: ((error: Error) => void) | undefined;
  /**
   * Milliseconds without a response to waiting calls after which the thread is ended and started again.
   * Default: 30,000.
   */
  hangMs?: number;
  lease?: Omit<LeaseOptions, 'onLost' | 'onWait'> | undefined;
  /** File outside the data folder that marks that the folder has held a database. */
  markerFile?: string | undefined;
  /** `file:` URL of a module with card kinds; see `HostOptions.kindsModule`. Default: none. */
  kindsModule?: string | null | undefined;
  /** Milliseconds between checks of the free space on the disk. Default: 2,000. */
  spaceCheckMs?: number;
  /** Module of the worker thread. For tests, which use one that fails. */
  workerUrl?: URL;
}

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

const RESTARTS = 3;
const RESTART_PAUSE_MS = 500;
/**
 * Number of checks of the thread within `hangMs`. Counting checks ignores time in which the process was
 * suspended.
 */
const CHECKS = 30;
/** Maximum time for the thread to finish when the database closes. */
const CLOSE_MS = 20_000;

/**
 * Opens PGlite in a worker thread. Rejects when another process has the folder. A thread that crashes or
 * hangs is started again on the folder; calls that wait for it are rejected with `overloaded`. On a nearly
 * full disk reads go on, and writes are rejected with `overloaded`.
 */
export async function openPGlite(options: PGliteOptions): Promise<Database> {
  const { dataDir, clock, template, maxWaiting = 2_000, logger = console, hangMs = 30_000 } = options;
  const folder = dataDir === null ? null : resolve(dataDir);
  const listeners = createListeners();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let thread: PGliteThread | null = null;
  let fatal: Error | null = null;
  let isClosing = false;
  let restarting = Promise.resolve();
  let silentChecks = 0;
  let space: SpaceWatch | null = null;

  let lease: FolderLease | null = null;
  const kindsModule = options.kindsModule ?? null;
  let setup: WorkerSetup = { dataDir: 'memory://', template, lease: null, maxWaiting, kindsModule };
  if (folder !== null) {
    try {
      lease = await leaseFolder(folder, { ...options.lease, onLost: giveUp, onWait: logger.warn });
      setup = { ...setup, dataDir: await prepareDataFolder(folder, options.markerFile), lease: lease.shared };
    } catch (error) {
      lease?.release();
      throw await explainFullDisk(folder, error as Error);
    }
  }

  const listener = {
    onResponse: receive,
    onUnexpectedExit: (error: Error) => recover(`ended: ${messageOf(error)}`),
  };
  try {
    thread = await startThread(setup, listener, options.workerUrl);
    if (folder !== null) await markDataFolder(folder, options.markerFile);
  } catch (error) {
    await thread?.terminate();
    lease?.release();
    throw await explainOpenFailure(folder, error as Error);
  }
  if (folder !== null) space = watchSpace({ folder, logger, everyMs: options.spaceCheckMs });
  const checking = setInterval(() => {
    silentChecks = waiting.size > 0 ? silentChecks + 1 : 0;
    if (silentChecks > CHECKS && thread) recover(`has not responded for ${hangMs / 1000} s`);
  }, hangMs / CHECKS).unref();

  function receive(response: WorkerResponse): void {
    silentChecks = 0;
    if ('lost' in response) return giveUp(new Error(response.lost));
    const caller = waiting.get(response.id);
    waiting.delete(response.id);
    if (response.ok) {
      caller?.resolve(response.result as never);
      for (const hostEvent of response.hostEvents) listeners.emit(hostEvent);
    } else if ('problem' in response) {
      const { code, detail, members } = response.problem;
      caller?.reject(new HostProblem(code, detail, members));
    } else {
      const error = new Error(response.message);
      error.stack = response.stack;
      caller?.reject(error);
    }
  }

  function rejectAll(error: Error): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  /** Stops all writing for good and reports `error`. */
  function giveUp(error: Error): void {
    if (fatal) return;
    fatal = error;
    const last = thread;
    thread = null;
    rejectAll(databaseUnavailable());
    logger.error(`The database cannot go on: ${error.message}`);
    void last?.terminate();
    options.onFatal?.(error);
  }

  function recover(reason: string): void {
    const last = thread;
    if (!last || fatal || isClosing) return;
    thread = null;
    silentChecks = 0;
    logger.error(`The thread of the database ${reason}. It is started again.`);
    rejectAll(databaseUnavailable());
    restarting = restart(last).catch(giveUp);
  }

  async function restart(last: PGliteThread): Promise<void> {
    await last.terminate();
    if (folder === null) throw new Error('its thread ended, and what was kept in memory is lost');
    const isWanted = (): boolean => !isClosing && !fatal;
    for (let attempts = 1; isWanted(); attempts++) {
      try {
        thread = await startThread(setup, listener, options.workerUrl);
        logger.info('The database is available again');
        // Host events of transactions without a received response were lost.
        listeners.emit({ kind: 'resync' });
        listeners.emit({ kind: 'jobs' });
        return;
      } catch (error) {
        // On a full disk it is tried until there is space.
        if (attempts >= RESTARTS && !(await isOutOfSpace(folder, error as Error)))
          throw await explainOpenFailure(folder, error as Error);
      }
      await pause(RESTART_PAUSE_MS * Math.min(attempts, 10));
    }
  }

  return {
    description:
      folder === null
        ? 'PGlite in memory (gone when this process ends)'
        : `PGlite in ${folder} (survives a crash of this process, not safe against power loss; use PostgreSQL for that)`,
    run(name, input) {
      return new Promise((resolve, reject) => {
        if (isClosing) return reject(new Error('The database has been closed.'));
        if (!thread) return reject(databaseUnavailable());
        // The thread refuses the account that asks for most. While it hangs, it refuses nothing.
        if (waiting.size >= 2 * maxWaiting) return reject(databaseOverloaded());
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        thread.post({ id, name, input, now: clock(), isReadOnly: space?.isFull() ?? false });
      });
    },
    listen: listeners.add,
    notify: listeners.emit,
    async close() {
      isClosing = true;
      clearInterval(checking);
      space?.stop();
      await restarting;
      // The thread ends after it has finished all earlier requests.
      await within(CLOSE_MS, thread?.close());
      await thread?.terminate();
      rejectAll(new Error('The database has been closed.'));
      lease?.release();
    },
  };
}
