import type { OperationName, OperationInput, OperationResult } from '../operations/index.ts';
import type { HostEvent } from './host-event.ts';

/** Storage of a host. Two implementations: PGlite in a worker thread, and PostgreSQL. */
export interface Database {
  /** One sentence for the start-up banner: location of the data and how durable it is. */
  readonly description: string;
  /**
   * Runs one operation in one transaction. Rejects with `HostProblem` for errors of the caller, and with
   * `overloaded` when too many operations are waiting.
   */
  run<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationResult<Name>>;
  /**
   * Subscribes to all host events, including those of other processes on the same database. Returns an
   * unsubscribe function.
   */
  listen(listener: (hostEvent: HostEvent) => void): () => void;
  /** Sends a host event without a transaction, such as typing. */
  notify(hostEvent: HostEvent): void;
  /** Finishes running operations and closes the database. */
  close(): Promise<void>;
}
