import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../database/migrate.ts';
import type { Notice } from '../database/notice.ts';
import type { Transaction } from '../database/transaction.ts';
import { createFlowCache, type FlowCache } from '../operations/flow-cache.ts';
import { templateFile } from './template-file.ts';
import { createClock, type Clock } from './test-host.ts';

/** Operations on a database in this thread: a test can look into tables, and damage them. */
export interface TestDatabase {
  clock: Clock;
  /** Runs an operation in a transaction, as the worker does. */
  run<Input, Result>(
    operation: (tx: Transaction, input: Input) => Promise<Result>,
    input: Input,
  ): Promise<Result>;
  sql<Row = never>(text: string, params?: unknown[]): Promise<Row[]>;
  /** Forgets compiled flows, as a restart does. */
  forget(): void;
  close(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new Blob([await readFile(await templateFile())]);
  const database = await PGlite.create({ dataDir: 'memory://', loadDataDir: template });
  const sql = async <Row>(text: string, params?: unknown[]) => (await database.query<Row>(text, params)).rows;
  await migrate({ exec: (text) => database.exec(text), query: sql });
  const clock = createClock();
  const notices: Notice[] = [];
  let flows: FlowCache = createFlowCache();
  return {
    clock,
    sql,
    run: (operation, input) =>
      database.transaction((inner) =>
        operation(
          {
            now: new Date(clock()),
            flows,
            query: async <Row>(text: string, params?: unknown[]) =>
              (await inner.query<Row>(text, params)).rows,
            notify: (notice) => void notices.push(notice),
          },
          input,
        ),
      ),
    forget: () => void (flows = createFlowCache()),
    close: () => database.close(),
  };
}
