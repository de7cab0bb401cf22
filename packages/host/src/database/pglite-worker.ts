/**
 * The thread in which PGlite and every operation run, the flow engine included: statement by statement from outside would
 * cost more than half the rate, and a long query must not stop the streams' heartbeat. Jobs arrive as messages, wait in one
 * queue and run one after the other.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { operations, type OperationName } from '../operations/index.ts';
import { createFlowCache } from '../operations/flow-cache.ts';
import { isHostProblem, type ProblemData } from '../problem.ts';
import { migrate } from './migrate.ts';
import type { Notice } from './notice.ts';
import type { Transaction } from './transaction.ts';

/** How the thread begins. */
export interface WorkerSetup {
  dataDir: string;
  template?: string | undefined;
}

/** What the main thread asks for. `id: 0` closes. */
export interface WorkerRequest {
  id: number;
  name: OperationName;
  input: unknown;
  now: number;
}

/** What it is told. The first message, `id: 0`, says that the database is open. */
export type WorkerResponse =
  | { id: number; ok: true; result: unknown; notices: Notice[] }
  | { id: number; ok: false; problem: ProblemData }
  | { id: number; ok: false; message: string; stack: string };

/** PGlite has one backend and so no autovacuum: dead rows are cleared after this many operations, when nothing waits. */
const VACUUM_EVERY = 20_000;

const port = parentPort;
if (!port) throw new Error('pglite-worker.ts runs in a worker thread only.');

const flows = createFlowCache();
const { dataDir, template } = workerData as WorkerSetup;
const database = await PGlite.create({
  dataDir,
  ...(template && { loadDataDir: new Blob([await readFile(template)]) }),
});
await migrate({
  exec: (text) => database.exec(text),
  query: async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows,
});

const queue: WorkerRequest[] = [];
let isRunning = false;
let sinceVacuum = 0;

port.on('message', (request: WorkerRequest) => {
  queue.push(request);
  if (!isRunning) void drain();
});
port.postMessage({ id: 0, ok: true, result: null, notices: [] } satisfies WorkerResponse);

async function drain(): Promise<void> {
  isRunning = true;
  for (let request = queue.shift(); request; request = queue.shift()) {
    if (request.id === 0) {
      await database.close();
      port?.close();
      return;
    }
    port?.postMessage(await answer(request));
    if (++sinceVacuum >= VACUUM_EVERY && queue.length === 0) {
      sinceVacuum = 0;
      // Only tidies up: what goes wrong here must not stop the queue.
      await database.exec('vacuum analyze').catch((error: unknown) => console.error('VACUUM failed', error));
    }
  }
  isRunning = false;
}

async function answer({ id, name, input, now }: WorkerRequest): Promise<WorkerResponse> {
  const notices: Notice[] = [];
  try {
    const result = await database.transaction((inner) =>
      // The dispatch table types each operation; here name and input come as a pair from the typed side.
      (operations[name] as (tx: Transaction, input: unknown) => Promise<unknown>)(
        transaction(inner, new Date(now), notices),
        input,
      ),
    );
    return { id, ok: true, result, notices };
  } catch (error) {
    if (isHostProblem(error)) return { id, ok: false, problem: error.toData() };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, message, stack };
  }
}

function transaction(inner: PGliteTransaction, now: Date, notices: Notice[]): Transaction {
  return {
    now,
    flows,
    query: async <Row>(text: string, params?: unknown[]) => (await inner.query<Row>(text, params)).rows,
    notify: (notice) => void notices.push(notice),
  };
}
