import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { loadKinds } from '../kinds/load-kinds.ts';
import { createFlowCache } from '../operations/flow-cache.ts';
import {
  isRepeatable,
  isSingleRead,
  operations,
  type AnyOperation,
  type OperationName,
} from '../operations/index.ts';
import type { Database } from './database.ts';
import { createFairQueue, shareOf } from './fair-queue.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrate.ts';
import type { HostEvent } from './host-event.ts';
import {
  ConnectionFault,
  createConnection,
  createPool,
  queryRows,
  toConnectionFault,
  withoutPassword,
} from './postgres-connection.ts';
import { CHANNEL, listenForHostEvents } from './postgres-host-events.ts';
import { defaultTimeouts, type PostgresTimeouts } from './postgres-timeouts.ts';
import type { Transaction } from './transaction.ts';
import { createOutageLog, databaseUnavailable, messageOf } from './unavailable.ts';
import { within } from './within.ts';

/** Options of a PostgreSQL database. */
export interface PostgresOptions {
  url: string;
  clock: () => number;
  logger: { info(message: string): void; error(message: string): void };
  /** Number of connections that run operations. Default: 10. */
  connections?: number | undefined;
  /**
   * Maximum number of calls that run or wait. Beyond it, calls of the account with the most waiting calls are
   * rejected with `overloaded`. Default: 2,000.
   */
  maxWaiting?: number;
  /** `file:` URL of a module with card kinds; see `HostOptions.kindsModule`. Default: none. */
  kindsModule?: string | null | undefined;
  /** Default: `defaultTimeouts`. */
  timeouts?: Partial<PostgresTimeouts> | undefined;
}

/**
 * Maximum size of a notification in bytes; PostgreSQL allows just under 8,000. Receivers read larger events
 * themselves.
 */
const MAX_PAYLOAD = 7_500;
/** SQLSTATE codes of transaction conflicts: a repeated transaction succeeds. */
const CONFLICTS = new Set(['40001', '40P01']);
const CONFLICT_ATTEMPTS = 5;
/**
 * Time after its arrival for which an operation is repeated while the database is unavailable, and the first
 * pause, which doubles each time.
 */
const REPEAT_FOR_MS = 2_500;
const FIRST_PAUSE_MS = 100;
const CLOSE_MS = 5_000;
/** Maximum share of the connections that one account uses, so that its slow statements do not take all. */
const ACCOUNT_SHARE = 0.8;

/** Result of one transaction. `isUndone` is false when the connection was lost during the commit. */
type Attempt = { ok: true; result: unknown } | { ok: false; error: unknown; isUndone: boolean };

/**
 * Opens PostgreSQL: the same operations, each in a transaction on a pooled connection; NOTIFY carries host
 * events to every process. Accounts take turns for the connections. An operation waits for one for at most
 * `connectMs`. While the database is unavailable, operations are repeated with growing pauses, then rejected
 * with `overloaded`.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { url, clock, logger, connections = 10, maxWaiting = 2_000 } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const outage = createOutageLog(logger);
  const listeners = createListeners();
  const flows = createFlowCache();
  const kinds = await loadKinds(options.kindsModule ?? null);
  const names = new Map<string, string>();
  const queue = createFairQueue({
    atOnce: connections,
    perAccount: Math.ceil(connections * ACCOUNT_SHARE),
    maxWaiting,
    maxWaitMs: timeouts.connectMs,
  });
  let isClosing = false;

  await prepare(url, timeouts.connectMs);
  const hostEvents = await listenForHostEvents({
    url,
    connectMs: timeouts.connectMs,
    onHostEvent: listeners.emit,
    logger,
  });
  // Operations detect broken connections by themselves. The listener only keeps the event from ending the
  // process.
  const pool = createPool(url, { max: connections, timeouts, report: () => {} });

  /** Returns the name of a prepared statement: each text is prepared once per connection. */
  function nameOf(text: string): string {
    const name = names.get(text) ?? `alur_${names.size}`;
    names.set(text, name);
    return name;
  }

  async function attempt(name: OperationName, input: unknown): Promise<Attempt> {
    const operation = operations[name] as AnyOperation;
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      return { ok: false, error: toConnectionFault(error), isUndone: true };
    }
    let isCommitting = false;
    let isBroken = false;
    try {
      const pendingEvents: HostEvent[] = [];
      const tx: Transaction = {
        now: new Date(clock()),
        flows,
        kinds,
        query: (text, params = []) => queryRows(client, { name: nameOf(text), text, values: params }),
        notify: (hostEvent) => void pendingEvents.push(hostEvent),
      };
      // A transaction of one statement would take three round trips instead of one.
      if (isSingleRead(name)) return { ok: true, result: await operation(tx, input) };
      await queryRows(client, { text: 'begin' });
      const result = await operation(tx, input);
      for (const hostEvent of pendingEvents) await queryRows(client, notifyWith(hostEvent));
      isCommitting = true;
      await queryRows(client, { text: 'commit' });
      return { ok: true, result };
    } catch (error) {
      isBroken = error instanceof ConnectionFault;
      if (!isBroken && !isSingleRead(name)) await client.query('rollback').catch(() => (isBroken = true));
      return { ok: false, error, isUndone: !(isBroken && isCommitting) };
    } finally {
      client.release(isBroken);
    }
  }

  /** Runs an operation that arrived at `began`, again when it may succeed on a new connection. */
  async function repeat(name: OperationName, input: unknown, began: number): Promise<unknown> {
    for (let attempts = 1; ; attempts++) {
      const outcome = await attempt(name, input);
      if (outcome.ok) {
        outage.succeeded();
        return outcome.result;
      }
      const { error, isUndone } = outcome;
      if (!(error instanceof ConnectionFault)) {
        const isConflict = CONFLICTS.has((error as { code?: string }).code ?? '');
        if (isConflict && attempts < CONFLICT_ATTEMPTS) continue;
        throw error;
      }
      const pauseMs = FIRST_PAUSE_MS * 2 ** (attempts - 1) * (0.5 + Math.random());
      const hasTime = performance.now() - began + pauseMs < REPEAT_FOR_MS;
      const mayRepeat = error.kind === 'lost' && (isUndone || isRepeatable(name)) && !isClosing;
      if (!mayRepeat || !hasTime) {
        outage.failed(error);
        throw databaseUnavailable();
      }
      await pause(pauseMs);
    }
  }

  return {
    description: `PostgreSQL at ${withoutPassword(url)}`,
    async run(name, input) {
      const began = performance.now();
      return (await queue.run(shareOf(name, input), () => repeat(name, input, began))) as never;
    },
    listen: listeners.add,
    notify(hostEvent) {
      if (isClosing) return;
      pool.query(notifyWith(hostEvent)).catch(outage.failed);
    },
    async close() {
      isClosing = true;
      await hostEvents.close();
      await within(CLOSE_MS, pool.end());
    },
  };
}

/** Migrates the tables on a connection without a time limit for statements: a migration may take minutes. */
async function prepare(url: string, connectMs: number): Promise<void> {
  const client = createConnection(url, { connectMs, report: () => {} });
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`PostgreSQL cannot be reached: ${messageOf(error)}`, {
      cause: error,
    });
  }
  try {
    await migrate({
      exec: (text) => client.query(text),
      query: (text, params = []) => queryRows(client, { text, values: params }),
    });
  } finally {
    await client.end();
  }
}

function notifyWith(hostEvent: HostEvent): { text: string; values: string[] } {
  return { text: 'select pg_notify($1, $2)', values: [CHANNEL, payloadOf(hostEvent)] };
}

function payloadOf(hostEvent: HostEvent): string {
  const whole = JSON.stringify(hostEvent);
  const isSmall = Buffer.byteLength(whole) <= MAX_PAYLOAD;
  return isSmall || hostEvent.kind !== 'events' ? whole : JSON.stringify({ ...hostEvent, events: null });
}
