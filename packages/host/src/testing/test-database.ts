import { builtInKinds } from '../kinds/custom-kinds.ts';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { migrate } from '../database/migrate.ts';
import type { HostEvent } from '../database/host-event.ts';
import type { Transaction } from '../database/transaction.ts';
import { createFlowCache, type FlowCache } from '../operations/flow-cache.ts';
import { templateFile } from './template-file.ts';
import { onPostgres, withSchema } from './postgres-schema.ts';
import { createClock, databases, type Clock } from './test-host.ts';

/** Runs operations on a database in this thread, so that a test can read and damage tables. */
export interface TestDatabase {
  clock: Clock;
  /** Runs an operation in a transaction, as the worker does. */
  run<Input, Result>(
    operation: (tx: Transaction, input: Input) => Promise<Result>,
    input: Input,
  ): Promise<Result>;
  sql<Row = never>(text: string, params?: unknown[]): Promise<Row[]>;
  /** Clears compiled flows, as a restart does. */
  forget(): void;
  close(): Promise<void>;
}

/** Opens an empty database of one of `databases`. Default: PGlite in memory. */
export async function createTestDatabase(database = databases[0]): Promise<TestDatabase> {
  const { sql, exec, close } = await (database?.postgresUrl
    ? connectPostgres(database.postgresUrl)
    : openMemory());
  await migrate({ exec, query: sql });
  const clock = createClock();
  const hostEvents: HostEvent[] = [];
  let flows: FlowCache = createFlowCache();
  return {
    clock,
    sql,
    async run(operation, input) {
      const notify = (hostEvent: HostEvent) => void hostEvents.push(hostEvent);
      await exec('begin');
      try {
        const result = await operation(
          { now: new Date(clock()), flows, kinds: builtInKinds, query: sql, notify },
          input,
        );
        await exec('commit');
        return result;
      } catch (error) {
        await exec('rollback');
        throw error;
      }
    },
    forget: () => void (flows = createFlowCache()),
    close,
  };
}

/** A connection to a database. */
interface Connected {
  sql<Row>(text: string, params?: unknown[]): Promise<Row[]>;
  exec(text: string): Promise<unknown>;
  close(): Promise<void>;
}

async function openMemory(): Promise<Connected> {
  const template = new Blob([await readFile(await templateFile())]);
  const database = await PGlite.create({ dataDir: 'memory://', loadDataDir: template });
  return {
    sql: async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows,
    exec: (text) => database.exec(text),
    close: () => database.close(),
  };
}

async function connectPostgres(server: string): Promise<Connected> {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: await withSchema(server, schema) });
  await client.connect();
  return {
    sql: async <Row>(text: string, params?: unknown[]) => (await client.query(text, params)).rows as Row[],
    exec: (text) => client.query(text),
    async close() {
      await client.end();
      await onPostgres(server, `drop schema ${schema} cascade`);
    },
  };
}
