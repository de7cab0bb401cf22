import { Worker } from 'node:worker_threads';
import type { WorkerRequest, WorkerResponse, WorkerSetup } from './pglite-worker.ts';

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './pglite-worker.ts' : './pglite-worker.js',
  import.meta.url,
);

/** A running worker thread of the database. */
export interface PGliteThread {
  post(request: WorkerRequest): void;
  /** Finishes all earlier requests, closes the database and ends the thread. */
  close(): Promise<void>;
  /**
   * Ends the thread at once. The folder stays as after a crash of the process, which the database survives.
   */
  terminate(): Promise<void>;
}

export interface ThreadListener {
  onResponse(response: WorkerResponse): void;
  /** Called when the thread ends by itself, not after `close` and `terminate`. */
  onUnexpectedExit(error: Error): void;
}

/**
 * Starts the thread. Resolves when its database is open. Rejects with the reason when it cannot be opened.
 */
export async function startThread(
  setup: WorkerSetup,
  { onResponse, onUnexpectedExit }: ThreadListener,
  url: URL = workerUrl,
): Promise<PGliteThread> {
  const worker = new Worker(url, { workerData: setup });
  let isEnding = false;
  let error = new Error('The thread of the database ended.');
  // An `error` event without a listener ends the process; an `exit` event follows it.
  worker.on('error', (reason: Error) => (error = reason));
  const exited = new Promise<void>((done) => worker.once('exit', () => done()));
  const ready = new Promise<boolean>((done) => worker.once('message', () => done(true)));
  const isOpen = await Promise.race([ready, exited.then(() => false)]);
  if (!isOpen) throw error;
  worker.on('message', onResponse);
  worker.once('exit', () => {
    if (!isEnding) onUnexpectedExit(error);
  });

  function post(request: WorkerRequest | { id: 0 }): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- worker ports have no origin
    worker.postMessage(request);
  }

  return {
    post,
    async close() {
      isEnding = true;
      post({ id: 0 });
      await exited;
    },
    async terminate() {
      isEnding = true;
      await worker.terminate();
      await exited;
    },
  };
}
