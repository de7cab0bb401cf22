/**
 * The thread of PGlite with two more requests: `hang` blocks it for ever, `die` ends it.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ name }: { name?: string }) => {
  if (name === 'die') process.exit(7);
  if (name === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
await import('../database/pglite-worker.ts');
