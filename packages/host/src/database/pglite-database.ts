import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HostProblem } from '../problem.ts';
import type { Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { createListeners } from './listeners.ts';
import { databaseOverloaded } from './unavailable.ts';
import type { WorkerRequest, WorkerResponse, WorkerSetup } from './pglite-worker.ts';

/** How a PGlite database is opened. */
export interface PGliteOptions {
  /** The folder to keep everything in; null keeps it in memory, for tests. */
  dataDir: string | null;
  clock: () => number;
  /** A file with a data folder to begin with (PGlite's `dumpDataDir`), in memory only: much faster than a new one. */
  template?: string;
  /** More calls than this waiting: further ones are refused as `overloaded`. Default 2,000. */
  maxWaiting?: number;
}

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './pglite-worker.ts' : './pglite-worker.js',
  import.meta.url,
);

/** Opens PGlite in a thread of its own. Rejects within a second when another process has the folder. */
export async function openPGlite({
  dataDir,
  clock,
  template,
  maxWaiting = 2_000,
}: PGliteOptions): Promise<Database> {
  const folder = dataDir === null ? null : resolve(dataDir);
  const unlock = folder === null ? () => {} : lockFolder(folder);
  if (folder !== null) mkdirSync(join(folder, 'pglite'), { recursive: true });
  const worker = new Worker(workerUrl, {
    workerData: {
      dataDir: folder === null ? 'memory://' : join(folder, 'pglite'),
      template,
    } satisfies WorkerSetup,
  });
  const listeners = createListeners();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let broken: Error | null = null;
  let isClosing = false;

  const exited = new Promise<void>((done) => {
    worker.once('exit', () => {
      unlock();
      fail(
        new Error(
          isClosing ? 'The database has been closed.' : 'The database’s thread ended: restart the host.',
        ),
      );
      done();
    });
  });

  try {
    await new Promise<void>((ready, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        ready();
      });
    });
  } catch (error) {
    await worker.terminate();
    await exited;
    throw new Error(
      `The database in ${folder ?? 'memory'} could not be opened: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  worker.on('error', fail);
  worker.on('message', hear);

  function post(request: WorkerRequest | { id: 0 }): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread's port has no origin
    worker.postMessage(request);
  }

  function fail(error: Error): void {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  }

  function hear(response: WorkerResponse): void {
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

  return {
    description:
      folder === null
        ? 'PGlite in memory (gone when this process ends)'
        : `PGlite in ${folder} (survives a crash of this process, not safe against power loss; use PostgreSQL for that)`,
    run(name, input) {
      return new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        if (waiting.size >= maxWaiting) return reject(databaseOverloaded());
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        post({ id, name, input, now: clock() });
      });
    },
    listen: listeners.add,
    notify: listeners.tell,
    async close() {
      isClosing = true;
      // Requests are answered in order, so everything asked before is finished when the thread ends.
      post({ id: 0 });
      await exited;
    },
  };
}
