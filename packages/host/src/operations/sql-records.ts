import type { Transaction } from '../database/transaction.ts';
import type { Records } from './records.ts';
import { sqlConversationRecords } from './sql-conversation-records.ts';
import { sqlInboxRecords } from './sql-inbox-records.ts';
import { sqlVisitorRecords } from './sql-visitor-records.ts';

/** What is kept, as one transaction of a database sees it. */
export function sqlRecords(tx: Transaction): Records {
  return {
    now: tx.now,
    flows: tx.flows,
    ...sqlVisitorRecords(tx),
    ...sqlConversationRecords(tx),
    ...sqlInboxRecords(tx),
  };
}

/** An operation on records as an operation on a database. */
export function overSql<Input, Result>(operation: (records: Records, input: Input) => Promise<Result>) {
  return (tx: Transaction, input: Input): Promise<Result> => operation(sqlRecords(tx), input);
}
