import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HostProblem } from '../problem.ts';
import { explainFullDisk, explainOpenFailure, markDataFolder, prepareDataFolder } from './data-folder.ts';
import type { Database } from './database.ts';
import { leaseFolder, type FolderLease, type LeaseOptions } from './folder-lease.ts';
import { createListeners } from './listeners.ts';
import { startThread, type PGliteThread } from './pglite-thread.ts';
import type { WorkerResponse, WorkerSetup } from './pglite-worker.ts';
import { databaseUnavailable, messageOf } from './unavailable.ts';
import { within } from './within.ts';

/** How a PGlite database is opened. */
export interface PGliteOptions {
  /** The folder to keep everything in; null keeps it in memory, for tests. */
  dataDir: string | null;
  clock: () => number;
  /**
   * A file with a data folder to begin with (PGlite's `dumpDataDir`), in memory only: much faster than a new
   * one.
   */
  template?: string;
  /** More calls than this waiting: further ones are refused as `overloaded`. Default 2,000. */
  maxWaiting?: number;
  /** Default: `console`. */
  logger?: { info(message: string): void; warn(message: string): void; error(message: string): void };
  /**
   * Called once when the database cannot be used any more: the folder is lost, or the thread does not start
   * again.
   */
  onFatal?: ((error: Error) => void) | undefined;
  /**
   * A thread that has not responded for this long while calls wait is ended and started again. Default:
   * 30,000.
   */
  hangMs?: number;
  lease?: Omit<LeaseOptions, 'onLost' | 'onWait'> | undefined;
  /** A file outside the data folder that shows that there was one. */
  markerFile?: string | undefined;
  /** The module of the thread. Tests give one that can fail. */
  workerUrl?: URL;
}

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

const RESTARTS = 3;
const RESTART_PAUSE_MS = 500;
/** How often the thread is looked after. Counted in looks, so that a suspension of the process is no hang. */
const LOOKS = 30;
/** Maximum time for the thread to finish at the end. */
const CLOSE_MS = 20_000;

/**
 * Opens PGlite in a thread of its own. Rejects when another process has the folder. A thread that dies or
 * hangs is started again on the folder; calls that wait for it are rejected with `overloaded` meanwhile.
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
  let silentLooks = 0;

  let lease: FolderLease | null = null;
  let setup: WorkerSetup = { dataDir: 'memory://', template, lease: null, maxWaiting };
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
    onDeath: (error: Error) => recover(`ended: ${messageOf(error)}`),
  };
  try {
    thread = await startThread(setup, listener, options.workerUrl);
    if (folder !== null) await markDataFolder(folder, options.markerFile);
  } catch (error) {
    await thread?.terminate();
    lease?.release();
    throw await explainOpenFailure(folder, error as Error);
  }
  const looking = setInterval(() => {
    silentLooks = waiting.size > 0 ? silentLooks + 1 : 0;
    if (silentLooks > LOOKS && thread) recover(`has not responded for ${hangMs / 1000} s`);
  }, hangMs / LOOKS).unref();

  function receive(response: WorkerResponse): void {
    silentLooks = 0;
    if ('lost' in response) return giveUp(new Error(response.lost));
    const caller = waiting.get(response.id);
    waiting.delete(response.id);
    if (response.ok) {
      caller?.resolve(response.result as never);
      for (const notice of response.notices) listeners.tell(notice);
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

  /** Nothing can be written any more. */
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
    silentLooks = 0;
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
        // Notices of transactions whose response was lost.
        listeners.tell({ kind: 'resync' });
        listeners.tell({ kind: 'jobs' });
        return;
      } catch (error) {
        if (attempts >= RESTARTS) throw await explainOpenFailure(folder, error as Error);
      }
      await pause(RESTART_PAUSE_MS * attempts);
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
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        thread.post({ id, name, input, now: clock() });
      });
    },
    listen: listeners.add,
    notify: listeners.tell,
    async close() {
      isClosing = true;
      clearInterval(looking);
      await restarting;
      // The thread ends when everything asked before is finished.
      await within(CLOSE_MS, thread?.close());
      await thread?.terminate();
      rejectAll(new Error('The database has been closed.'));
      lease?.release();
    },
  };
}
