/**
 * A host on PostgreSQL under traffic while its connections are terminated and the server is frozen, restarted
 * and stopped. Needs its own server from npm: runs where `npm run with-postgres` has installed one.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TurnResult, VisitorConversation, VisitorSession } from '@alur/protocol';
import { createConnection } from '../../packages/host/src/database/postgres-connection.ts';
import { workspaceOf } from '@alur/host/testing';
import { startPostgres, type PostgresServer } from './start-server.ts';

const MAIN = fileURLToPath(new URL('../../packages/host/src/main.ts', import.meta.url));
const VISITORS = 4;
/** Short for the test, long enough for a busy machine. */
const TIMEOUT_MS = 1_500;

if (process.env['ALUR_TEST_POSTGRES_URL'])
  describe('a host whose PostgreSQL fails under load', () => {
    let server: PostgresServer;
    let folder = '';
    let child: ReturnType<typeof spawn>;
    let output = '';
    let url = '';
    let traffic: Traffic;

    before(async () => {
      server = await startPostgres();
      folder = await mkdtemp(join(tmpdir(), 'alur-outage-'));
      const workspace = join(folder, 'workspace.json');
      await writeFile(workspace, JSON.stringify(workspaceOf('outage')));
      child = spawn(process.execPath, [MAIN, '--port', '0', '--workspace', workspace], {
        env: {
          ...process.env,
          ALUR_DATABASE_URL: server.url,
          ALUR_STATEMENT_TIMEOUT: String(TIMEOUT_MS),
          ALUR_CONNECT_TIMEOUT: String(TIMEOUT_MS),
          // The visitors write without a pause.
          ALUR_LIMIT_TURNS_PER_VISITOR: 'none',
          ALUR_LIMIT_TURNS_PER_ADDRESS: 'none',
          ALUR_LIMIT_CALLS_PER_ADDRESS: 'none',
        },
      });
      for (const stream of [child.stdout!, child.stderr!])
        stream.on('data', (chunk: Buffer) => (output += String(chunk)));
      await until(() => /Data: /.test(output) || child.exitCode !== null);
      url = /http:\S+/.exec(output)?.[0] ?? assert.fail(output);
      traffic = await startTraffic(url);
    });
    after(async () => {
      traffic?.stop();
      await server?.thaw().catch(() => {});
      if (child?.exitCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await server?.remove();
      await rm(folder, { recursive: true, force: true });
    });

    const isAlive = (): void => assert.deepEqual([child.exitCode, child.signalCode], [null, null], output);

    test('connections terminated in a transaction fail no request', async () => {
      const admin = createConnection(server.url, { report: () => {} });
      await admin.connect();
      let terminated = 0;
      await until(async () => {
        const { rows } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' limit 1`,
        );
        terminated += rows.length;
        if (rows.length > 0) await traffic.passes(1);
        return terminated >= 12 || child.exitCode !== null;
      });
      await admin.end();
      isAlive();
      assert.equal(traffic.unavailable, 0, 'each was repeated on a new connection');
    });

    test('while PostgreSQL hangs requests get 503 with Retry-After, and succeed afterwards', async () => {
      await server.freeze();
      await until(() => traffic.unavailable >= VISITORS && traffic.unhealthy > 0);
      await server.thaw();
      await traffic.passes(5);
      isAlive();
    });

    test('a restart is survived', async () => {
      const before = traffic.unhealthy;
      await server.stop();
      await until(() => traffic.unhealthy > before);
      await server.start();
      await traffic.passes(5);
      isAlive();
    });

    test('the health check responds within a second, and every rejection is 503 with Retry-After', () => {
      assert.ok(traffic.slowestHealthMs < 1_000, `${traffic.slowestHealthMs} ms`);
      assert.deepEqual(traffic.unexpected, []);
    });

    test('every acknowledged message is stored once and in order', async () => {
      await traffic.finish();
      for (const { token, texts } of traffic.visitors) {
        const response = await fetch(`${url}/v1/widget/inb_outage/conversation?limit=200`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        const { messages } = (await response.json()) as VisitorConversation;
        const said = messages.filter(({ author }) => author.kind === 'visitor').map(({ text }) => text);
        assert.deepEqual(said, texts.slice(-said.length));
        assert.ok(said.length === texts.length || said.length > 100, `${said.length} of ${texts.length}`);
      }
    });

    test('the host ends cleanly while its server is frozen', async () => {
      await server.freeze();
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      assert.equal(code, 0, output);
    });
  });

interface Traffic {
  /** Number of requests, including health checks, that were refused with 503 and `Retry-After`. */
  readonly unavailable: number;
  readonly unhealthy: number;
  readonly slowestHealthMs: number;
  /** Responses that are neither a success nor a proper refusal. */
  readonly unexpected: string[];
  readonly visitors: { token: string; texts: string[] }[];
  /** Resolves when each visitor has `turns` more acknowledged turns. */
  passes(turns: number): Promise<void>;
  /** Stops after the pending turns are acknowledged. */
  finish(): Promise<void>;
  stop(): void;
}

/**
 * Starts visitors that write without a pause and repeat each turn until it is acknowledged, and regular
 * health checks.
 */
async function startTraffic(url: string): Promise<Traffic> {
  const door = `${url}/v1/widget/inb_outage`;
  const stopping = new AbortController();
  const unexpected: string[] = [];
  let unavailable = 0;
  let unhealthy = 0;
  let slowestHealthMs = 0;
  const ending = new AbortController();

  /** Returns the body of a success; null when the host refused temporarily with the right form. */
  async function call<T>(path: string, body?: unknown, token?: string): Promise<T | null> {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: stopping.signal,
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    const isProper = response.status === 503 && Number(response.headers.get('Retry-After')) > 0;
    if (!isProper) unexpected.push(`${path}: ${response.status} ${text}`);
    return null;
  }

  async function write(visitor: { token: string; texts: string[] }): Promise<void> {
    for (let number = 1; !ending.signal.aborted && !stopping.signal.aborted; number++) {
      const input = { kind: 'message', id: `t${number}`, at: new Date().toISOString(), text: `no ${number}` };
      const turn = { id: input.id, session: 's', seq: number, input };
      for (;;) {
        const result = await call<TurnResult>(`${door}/turns`, turn, visitor.token);
        if (result) break;
        unavailable += 1;
        await pause(50, undefined, { signal: stopping.signal });
      }
      visitor.texts.push(input.text);
    }
  }

  async function probe(): Promise<void> {
    while (!stopping.signal.aborted) {
      const began = performance.now();
      if (!(await call(`${url}/v1/health`))) unhealthy += 1;
      slowestHealthMs = Math.max(slowestHealthMs, performance.now() - began);
      await pause(50, undefined, { signal: stopping.signal });
    }
  }

  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, async () => {
      const session = await call<VisitorSession>(`${door}/visitors`, {});
      return { token: session?.token ?? '', texts: [] as string[] };
    }),
  );
  const ended = (error: unknown): void => {
    if (!stopping.signal.aborted) unexpected.push(String(error));
  };
  const writing = visitors.map((visitor) => write(visitor).catch(ended));
  probe().catch(ended);

  return {
    get unavailable() {
      return unavailable;
    },
    get unhealthy() {
      return unhealthy;
    },
    get slowestHealthMs() {
      return slowestHealthMs;
    },
    unexpected,
    visitors,
    async passes(turns) {
      const goals = visitors.map(({ texts }) => texts.length + turns);
      await until(() => visitors.every(({ texts }, index) => texts.length >= goals[index]!));
    },
    async finish() {
      ending.abort();
      await Promise.all(writing);
    },
    stop: () => stopping.abort(),
  };
}

/** Repeats `check` until it returns true. Throws after 20 seconds. */
async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const guard = AbortSignal.timeout(20_000);
  while (!(await check())) {
    guard.throwIfAborted();
    await pause(10);
  }
}
