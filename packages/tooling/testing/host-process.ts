import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Limits, Workspace } from '@alur/host';
import { templateFile } from '@alur/host/testing';

/** Options of a host process. */
export interface HostSetup {
  /** Imported at each start. */
  workspace: Workspace;
  dataDir: string;
  postgresUrl?: string;
  port: number;
  /** Default: none, so that one machine can act as many callers. */
  limits?: Partial<Limits> | false;
  /** Number of proxies in front of the host. Default: 0. */
  trustProxy?: number;
  /** Default: false. */
  allowPrivateWebhooks?: boolean;
}

export interface HostStats {
  topics: number;
  streams: number;
  rss: number;
  /** 99th percentile of the event loop delay since the last request for stats, in milliseconds. */
  lagP99: number;
  lagMax: number;
  /** Database operations since the start, by name. */
  operations: Record<string, number>;
}

/** Messages of the parent. The reply to each one is the stats. */
export type HostAsk = { do: 'stats' } | { do: 'pass'; ms: number } | { do: 'import'; workspace: Workspace };
export type HostReply = { kind: 'ready'; url: string } | { kind: 'stats'; stats: HostStats };

/** A host in a process of its own. Its folder (or database) and its port are kept over restarts. */
export interface HostProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number | undefined;
  /** The output of the process. */
  readonly output: string;
  /** Starts the host, also after a stop. Returns the duration in milliseconds. */
  start(): Promise<number>;
  /** Sends a signal and waits for the exit. Returns the exit code. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  stats(): Promise<HostStats>;
  /** Total move of its clock, in milliseconds. */
  readonly movedMs: number;
  /** Moves its clock. */
  pass(ms: number): Promise<void>;
  /** Imports another workspace. */
  importWorkspace(workspace: Workspace): Promise<void>;
  /** Ends the process and removes its folder. */
  end(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./host-main.ts', import.meta.url));

/** Creates a host process without starting it. */
export async function createHostProcess(options: Omit<HostSetup, 'dataDir' | 'port'>): Promise<HostProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'alur-host-process-'));
  if (!options.postgresUrl) await unpackDatabase(join(dataDir, 'pglite'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let moved = 0;
  let output = '';

  async function stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (!child) return null;
    const dying = child;
    child = null;
    const gone = once(dying, 'exit') as Promise<[number | null]>;
    dying.kill(signal);
    return (await gone)[0];
  }
  async function ask(question: HostAsk): Promise<HostStats> {
    if (!child) throw new Error('The host does not run.');
    child.send(question);
    const [reply] = (await once(child, 'message')) as [HostReply];
    if (reply.kind !== 'stats') throw new Error('The host answered something else.');
    return reply.stats;
  }

  return {
    url,
    dataDir,
    get pid() {
      return child?.pid;
    },
    get output() {
      return output;
    },
    async start() {
      const began = performance.now();
      child = fork(MAIN, [JSON.stringify({ ...options, dataDir, port } satisfies HostSetup)], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          output += String(chunk);
          process.stderr.write(chunk);
        });
      const exited = once(child, 'exit').then(([code]) => {
        throw new Error(`The host ended with ${String(code)} before it was ready.`);
      });
      exited.catch(() => {});
      await Promise.race([once(child, 'message'), exited]);
      // The clock must not go back at a restart.
      if (moved > 0) await ask({ do: 'pass', ms: moved });
      return performance.now() - began;
    },
    stop,
    stats: () => ask({ do: 'stats' }),
    get movedMs() {
      return moved;
    },
    async pass(ms) {
      moved += ms;
      await ask({ do: 'pass', ms });
    },
    async importWorkspace(workspace) {
      await ask({ do: 'import', workspace });
    },
    async end() {
      await stop('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Unpacks a database template, which takes a tenth of the seconds that a new one takes. */
async function unpackDatabase(folder: string): Promise<void> {
  await mkdir(folder);
  await promisify(execFile)('tar', ['-xf', await templateFile(), '-C', folder]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
