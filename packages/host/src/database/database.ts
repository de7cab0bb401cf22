import type { OperationName, OperationInput, OperationResult } from '../operations/index.ts';
import type { Notice } from './notice.ts';

/** A place that keeps everything. Two implementations: PGlite in a worker thread, and PostgreSQL. */
export interface Database {
  /** One sentence for the start-up banner: where the data is and how safe it is there. */
  readonly description: string;
  /**
   * Runs one operation in one transaction. Rejects with `HostProblem` for what the caller did wrong, and with
   * `overloaded` when too many operations are waiting already.
   */
  run<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationResult<Name>>;
  /** Hears every notice, those of other processes on the same database too. Gives the way to stop hearing. */
  listen(hear: (notice: Notice) => void): () => void;
  /** Sends a notice that belongs to no transaction, such as typing. */
  notify(notice: Notice): void;
  /** Finishes what is running and closes. */
  close(): Promise<void>;
}
