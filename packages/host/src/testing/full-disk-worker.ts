/**
 * The thread of PGlite on a disk that becomes full while the database opens: every write to a file fails with
 * ENOSPC.
 *
 * @module
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const writeSync = fs.writeSync;
fs.writeSync = ((...call: Parameters<typeof writeSync>) => {
  // The standard streams of the process are not files.
  if (call[0] > 2)
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      errno: -28,
      syscall: 'write',
    });
  return writeSync(...call);
}) as typeof writeSync;
syncBuiltinESMExports();
await import('../database/pglite-worker.ts');
