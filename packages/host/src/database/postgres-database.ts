import { Client, Pool } from 'pg';
import { createFlowCache } from '../operations/flow-cache.ts';
import { operations, type AnyOperation } from '../operations/index.ts';
import { HostProblem } from '../problem.ts';
import type { Database } from './database.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrate.ts';
import type { Notice } from './notice.ts';
import type { Transaction } from './transaction.ts';

/** How a PostgreSQL database is opened. */
export interface PostgresOptions {
  url: string;
  clock: () => number;
  logger: { error(message: string, error?: unknown): void };
  /** Connections that run operations. Default: 10. */
  connections?: number;
  /** More calls than this waiting: further ones are refused as `overloaded`. Default 2,000. */
  maxWaiting?: number;
}

const CHANNEL = 'alur';
/** A notification may carry just under 8,000 bytes; larger events are read by those who want them. */
const MAX_PAYLOAD = 7_500;
/** Two transactions got in each other's way; the same again will do. */
const TRANSIENT = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
const RECONNECT_MS = 1_000;

/** Opens PostgreSQL: the same operations, each in a transaction on a pooled connection; NOTIFY carries notices to every process. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { url, clock, logger, connections = 10, maxWaiting = 2_000 } = options;
  const pool = new Pool({ connectionString: url, max: connections });
  pool.on('error', (error) => logger.error('An idle database connection broke', error));
  const listeners = createListeners();
  const flows = createFlowCache();
  const names = new Map<string, string>();
  let waiting = 0;
  let isClosing = false;
  let listener: Client | null = null;

  const setup = await pool.connect().catch((error: unknown) => {
    throw new Error(`PostgreSQL cannot be reached: ${(error as Error).message}`, { cause: error });
  });
  try {
    await migrate({
      exec: (text) => setup.query(text),
      query: async <Row>(text: string, params?: unknown[]) => (await setup.query(text, params)).rows as Row[],
    });
  } finally {
    setup.release();
  }
  await hearNotices();

  /** One connection only listens. When it breaks, what was missed meanwhile is read by those who follow a log. */
  async function hearNotices(): Promise<void> {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    client.on('notification', ({ payload }) => listeners.tell(JSON.parse(payload ?? 'null') as Notice));
    client.once('end', () => {
      if (!isClosing) void reconnect();
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    listener = client;
  }

  async function reconnect(): Promise<void> {
    for (;;) {
      await new Promise((done) => setTimeout(done, RECONNECT_MS));
      if (isClosing) return;
      try {
        await hearNotices();
        listeners.tell({ kind: 'resync' });
        return;
      } catch (error) {
        logger.error('The database cannot be listened to', error);
      }
    }
  }

  /** Each text is prepared once for a connection. */
  function nameOf(text: string): string {
    const name = names.get(text) ?? `alur_${names.size}`;
    names.set(text, name);
    return name;
  }

  async function attempt(operation: AnyOperation, input: unknown): Promise<unknown> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const notices: Notice[] = [];
      const tx: Transaction = {
        now: new Date(clock()),
        flows,
        query: async <Row>(text: string, params: unknown[] = []) =>
          (await client.query({ name: nameOf(text), text, values: params })).rows as Row[],
        notify: (notice) => void notices.push(notice),
      };
      await client.query('begin');
      const result = await operation(tx, input);
      for (const notice of notices)
        await client.query('select pg_notify($1, $2)', [CHANNEL, payloadOf(notice)]);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((fault: Error) => (broken = fault));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    description: `PostgreSQL at ${withoutPassword(url)}`,
    async run(name, input) {
      if (waiting >= maxWaiting)
        throw new HostProblem('overloaded', 'Too much is waiting for the database. Try again in a moment.', {
          retryAfter: 2,
        });
      waiting += 1;
      try {
        for (let attempts = 1; ; attempts++) {
          try {
            return (await attempt(operations[name] as AnyOperation, input)) as never;
          } catch (error) {
            if (attempts >= ATTEMPTS || !TRANSIENT.has((error as { code?: string }).code ?? '')) throw error;
          }
        }
      } finally {
        waiting -= 1;
      }
    },
    listen: listeners.add,
    notify(notice) {
      if (isClosing) return;
      pool
        .query('select pg_notify($1, $2)', [CHANNEL, payloadOf(notice)])
        .catch((error: unknown) => logger.error('A notice could not be sent', error));
    },
    async close() {
      isClosing = true;
      await listener?.end();
      await pool.end();
    },
  };
}

function payloadOf(notice: Notice): string {
  const whole = JSON.stringify(notice);
  const isSmall = Buffer.byteLength(whole) <= MAX_PAYLOAD;
  return isSmall || notice.kind !== 'events' ? whole : JSON.stringify({ ...notice, events: null });
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
