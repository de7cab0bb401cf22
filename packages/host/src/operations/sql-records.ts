import type { Transaction } from '../database/transaction.ts';
import type { Records } from './records.ts';
import { sqlConversationRecords } from './sql-conversation-records.ts';
import { sqlInboxRecords } from './sql-inbox-records.ts';
import { sqlVisitorRecords } from './sql-visitor-records.ts';

/** Returns the records in one transaction of a database. */
export function sqlRecords(tx: Transaction): Records {
  return {
    now: tx.now,
    flows: tx.flows,
    kinds: tx.kinds,
    ...sqlVisitorRecords(tx),
    ...sqlConversationRecords(tx),
    ...sqlInboxRecords(tx),
  };
}

/** Converts an operation on records to an operation on a database transaction. */
export function withSql<Input, Result>(operation: (records: Records, input: Input) => Promise<Result>) {
  return (tx: Transaction, input: Input): Promise<Result> => operation(sqlRecords(tx), input);
}
