import type { Transaction } from '../database/transaction.ts';
import { HostProblem } from '../problem.ts';
import type { VisitorScope } from './records.ts';

/**
 * Limits of stored files, in bytes unless stated otherwise. "Unused" files are those that no turn has named.
 */
export interface FileQuotas {
  /** Number of files, and their bytes, of a visitor who has sent no turn. */
  filesBeforeFirstTurn: number;
  fileBytesBeforeFirstTurn: number;
  unusedFileBytesPerVisitor: number;
  unusedFileBytesPerInbox: number;
  unusedFileBytesPerAccount: number;
  fileBytesPerVisitor: number;
  fileBytesPerInbox: number;
  fileBytesPerAccount: number;
}

/** Minimum size that a file counts: many small files cost rows. */
const MIN_COUNTED_SIZE = 4_096;

/** Returns the size that a file of `bytes` bytes counts. */
export function countedSize(bytes: number): number {
  return Math.max(bytes, MIN_COUNTED_SIZE);
}

interface Sums {
  unused: number;
  total: number;
}

/** What is added: a new file, or more bytes of a file that counts already. */
interface Addition {
  /** In bytes. */
  size: number;
  files: 0 | 1;
}

/**
 * Adds a file's size to the totals of its inbox. The caller has locked the visitor, and this function locks
 * the account's totals. Concurrent uploads therefore cannot exceed a quota together. Throws `quota_exceeded`.
 */
export async function reserveBytes(
  tx: Transaction,
  { accountId, visitorId, inboxId }: VisitorScope & { accountId: string },
  addition: Addition,
  quotas: FileQuotas | null,
): Promise<void> {
  const { size } = addition;
  await tx.query(
    `insert into attachment_usage (account_id, inbox_id, unused_bytes, total_bytes) values ($1, $2, 0, 0)
     on conflict do nothing`,
    [accountId, inboxId],
  );
  const inboxes = await tx.query<Sums & { inbox_id: string }>(
    `select inbox_id, unused_bytes::float8 as unused, total_bytes::float8 as total
     from attachment_usage where account_id = $1 order by inbox_id for update`,
    [accountId],
  );
  if (quotas) {
    await checkVisitor(tx, visitorId, addition, quotas);
    const inbox = inboxes.find(({ inbox_id }) => inbox_id === inboxId) ?? { unused: 0, total: 0 };
    const account = {
      unused: inboxes.reduce((sum, { unused }) => sum + unused, 0),
      total: inboxes.reduce((sum, { total }) => sum + total, 0),
    };
    const { unusedFileBytesPerInbox, unusedFileBytesPerAccount, fileBytesPerInbox, fileBytesPerAccount } =
      quotas;
    if (inbox.total + size > fileBytesPerInbox || account.total + size > fileBytesPerAccount)
      throw exceeded('No more files can be kept here.');
    if (inbox.unused + size > unusedFileBytesPerInbox || account.unused + size > unusedFileBytesPerAccount)
      throw exceeded('Too many files wait for a message here. Try again later.');
  }
  await addBytes(tx, { accountId, inboxId, unused: size, total: size });
}

/** Adds to the totals of one inbox. */
export async function addBytes(
  tx: Transaction,
  { accountId, inboxId, unused, total }: Sums & { accountId: string; inboxId: string },
): Promise<void> {
  await tx.query(
    `update attachment_usage
     set unused_bytes = unused_bytes + $3::bigint, total_bytes = total_bytes + $4::bigint
     where account_id = $1 and inbox_id = $2`,
    [accountId, inboxId, unused, total],
  );
}

async function checkVisitor(
  tx: Transaction,
  visitorId: string,
  { size, files: added }: Addition,
  quotas: FileQuotas,
): Promise<void> {
  const [sums] = await tx.query<Sums & { files: number; has_turn: boolean }>(
    `select count(*) filter (where conversation_id is null)::int as files,
       coalesce(sum(size) filter (where conversation_id is null), 0)::float8 as unused,
       coalesce(sum(size), 0)::float8 as total,
       exists (select from conversations where visitor_id = $1) as has_turn
     from attachments where visitor_id = $1`,
    [visitorId],
  );
  if (!sums) throw new Error('A sum has one row.');
  const { files, unused, total } = sums;
  if (
    !sums.has_turn &&
    (files + added > quotas.filesBeforeFirstTurn || unused + size > quotas.fileBytesBeforeFirstTurn)
  )
    throw exceeded('Before the first message only few files are kept. Send a message first.');
  if (unused + size > quotas.unusedFileBytesPerVisitor)
    throw exceeded('Too many files wait for a message. Send them with a message first.');
  if (total + size > quotas.fileBytesPerVisitor) throw exceeded('This visitor cannot send more files.');
}

function exceeded(detail: string): HostProblem {
  return new HostProblem('quota_exceeded', detail);
}

/**
 * Returns SQL that subtracts the files in `rows` (account, inbox, size, conversation) from the totals. It
 * continues a `with` clause that has a part of that name.
 */
export function subtractBytes(rows: string): string {
  return `update attachment_usage u
     set unused_bytes = u.unused_bytes - s.unused, total_bytes = u.total_bytes - s.total
     from (
       select account_id, inbox_id, 
          coalesce(sum(size) filter (where conversation_id is null), 0) as unused, sum(size) as total
       from ${rows} group by account_id, inbox_id
     ) s
     where u.account_id = s.account_id and u.inbox_id = s.inbox_id`;
}
