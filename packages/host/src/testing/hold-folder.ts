/**
 * Holds a data folder in its own process and writes into it continuously, each time after a check of the
 * lease. Arguments: folder, lease options as JSON, and the number of writes after which it suspends itself
 * (default: never), between a write and the next check. Prints `held`, or the reason for the refusal. Exit
 * code 1: not acquired; 3: lost.
 *
 * @module
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLease, leaseFolder, type LeaseOptions } from '../database/folder-lease.ts';

const [folder = '', options = '{}', suspendAfter = '0'] = process.argv.slice(2);

function end(error: unknown, code: number): never {
  console.log((error as Error).message);
  process.exit(code);
}

const lease = await leaseFolder(folder, {
  ...(JSON.parse(options) as LeaseOptions),
  onLost: (error) => end(error, 3),
}).catch((error: unknown) => end(error, 1));
console.log('held');
let writes = 0;
setInterval(() => {
  try {
    checkLease(lease.shared);
  } catch (error) {
    end(error, 3);
  }
  appendFileSync(join(folder, 'writes'), '.');
  if (++writes === Number(suspendAfter)) process.kill(process.pid, 'SIGSTOP');
}, 2);
