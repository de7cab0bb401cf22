/**
 * The thread of PGlite with two more operations: `hang` blocks it for ever, `die` ends it.
 *
 * @module
 */
import { operations } from '../operations/index.ts';

Object.assign(operations, {
  die: () => process.exit(7),
  hang: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
});
await import('../database/pglite-worker.ts');
