/**
 * The thread in which PGlite and every operation run, including the flow engine. Sending each statement from
 * outside would cost more than half the throughput, and a long query must not stop the streams' heartbeat.
 * Requests arrive as messages and run one after the other; accounts take turns.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { loadKinds } from '../kinds/load-kinds.ts';
import { operations, type OperationName } from '../operations/index.ts';
import { createFlowCache } from '../operations/flow-cache.ts';
import { isHostProblem, type ProblemData } from '../problem.ts';
import { createFairQueue, shareOf } from './fair-queue.ts';
import { checkLease, LeaseLost, type SharedLease } from './folder-lease.ts';
import { migrate } from './migrate.ts';
import type { HostEvent } from './host-event.ts';
import type { Transaction } from './transaction.ts';
import { databaseUnavailable } from './unavailable.ts';

/** Initial data of the thread. */
export interface WorkerSetup {
  dataDir: string;
  template?: string | undefined;
  /** The lease on the folder; null in memory. */
  lease: SharedLease | null;
  /** Maximum number of requests that run or wait. Beyond it, one is rejected. */
  maxWaiting: number;
  /** `file:` URL of a module with card kinds of the operator; see `loadKinds`. */
  kindsModule: string | null;
}

/** Request of the main thread. `id: 0` closes the thread. */
export interface WorkerRequest {
  id: number;
  name: OperationName;
  input: unknown;
  now: number;
  /** Whether the disk has no space for writes. */
  isReadOnly: boolean;
}

/** Message to the main thread. The first one, `id: 0`, reports that the database is open. */
export type WorkerResponse =
  | { id: number; ok: true; result: unknown; hostEvents: HostEvent[] }
  | { id: number; ok: false; problem: ProblemData }
  | { id: number; ok: false; message: string; stack: string }
  /** Another process has the folder: this thread has ended without writing. */
  | { lost: string };

/**
 * PGlite has one backend and so no autovacuum. Dead rows are vacuumed after this many operations, when no
 * request waits.
 */
const VACUUM_EVERY = 20_000;

/** SQLSTATE class "insufficient resources": the disk or the memory is full. */
const NO_ROOM = /^53/;
/** SQLSTATE of a write in a transaction that only reads. */
const READ_ONLY = '25006';

const port = parentPort;
if (!port) throw new Error('pglite-worker.ts runs in a worker thread only.');

const flows = createFlowCache();
const { dataDir, template, lease, maxWaiting, kindsModule } = workerData as WorkerSetup;
const kinds = await loadKinds(kindsModule);
const database = await PGlite.create({
  dataDir,
  ...(template && { loadDataDir: new Blob([await readFile(template)]) }),
});
await migrate({
  exec: (text) => database.exec(text),
  query: async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows,
});

const queue = createFairQueue({ atOnce: 1, maxWaiting });
let sinceVacuum = 0;

port.on('message', receive);
port.postMessage({ id: 0, ok: true, result: null, hostEvents: [] } satisfies WorkerResponse);

function receive(request: WorkerRequest): void {
  if (request.id === 0) return void queue.idle().then(close);
  queue
    .run(shareOf(request.name, request.input), () => perform(request))
    .catch((error: unknown) => port?.postMessage(toResponse(request.id, error)));
}

async function perform(request: WorkerRequest): Promise<void> {
  port?.postMessage(await answer(request));
  // Requests that arrived meanwhile take part in the selection of the next one.
  for (let next = receiveMessageOnPort(port!); next; next = receiveMessageOnPort(port!))
    receive(next.message as WorkerRequest);
  if (++sinceVacuum >= VACUUM_EVERY && queue.waiting() === 0) {
    sinceVacuum = 0;
    // An operation of its own, so that no account is charged for it.
    void queue.run({ accountId: '', visitorId: '' }, vacuum).catch(() => {});
  }
}

/** Tidies up. An error here must not stop the queue. */
async function vacuum(): Promise<void> {
  requireLease();
  await database.exec('vacuum analyze').catch((error: unknown) => console.error('VACUUM failed', error));
}

async function close(): Promise<void> {
  await database.close();
  port?.close();
}

/**
 * Ends this thread at once when another process has acquired the folder while this one was suspended. Nothing
 * may be written after that, not even by closing the database. Throws `overloaded` when the lease cannot be
 * checked at the moment.
 */
function requireLease(): void {
  if (!lease) return;
  try {
    checkLease(lease);
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw databaseUnavailable();
    port?.postMessage({ lost: error.message } satisfies WorkerResponse);
    process.exit(1);
  }
}

async function answer({ id, name, input, now, isReadOnly }: WorkerRequest): Promise<WorkerResponse> {
  const hostEvents: HostEvent[] = [];
  try {
    requireLease();
    const result = await database.transaction(async (inner) => {
      // The dispatch table types each operation; here name and input come as a pair from typed code.
      const operation = operations[name] as (tx: Transaction, input: unknown) => Promise<unknown>;
      if (isReadOnly) await inner.exec('set transaction read only');
      const outcome = await operation(transaction(inner, new Date(now), hostEvents, isReadOnly), input);
      // The process may have been suspended during the operation. Check again before the commit.
      requireLease();
      return outcome;
    });
    return { id, ok: true, result, hostEvents };
  } catch (error) {
    return toResponse(id, error);
  }
}

function toResponse(id: number, error: unknown): WorkerResponse {
  if (isHostProblem(error)) return { id, ok: false, problem: error.toData() };
  const { code = '' } = error as { code?: string };
  if (code === READ_ONLY) return { id, ok: false, problem: databaseUnavailable().toData() };
  if (NO_ROOM.test(code)) {
    console.error(`The database has no room: ${(error as Error).message}`);
    return { id, ok: false, problem: databaseUnavailable().toData() };
  }
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { id, ok: false, message, stack };
}

function transaction(
  inner: PGliteTransaction,
  now: Date,
  hostEvents: HostEvent[],
  isReadOnly: boolean,
): Transaction {
  return {
    now,
    isReadOnly,
    flows,
    kinds,
    async query<Row>(text: string, params?: unknown[]) {
      requireLease();
      return (await inner.query<Row>(text, params)).rows;
    },
    notify: (hostEvent) => void hostEvents.push(hostEvent),
  };
}
