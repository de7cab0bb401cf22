import type { VisitorInput } from '@alur/flow';
import type { Attachment } from '@alur/protocol';
import { one, type Transaction } from '../database/transaction.ts';
import type { Upload } from '../files/read-upload.ts';
import { newId } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import type { Records, VisitorScope } from './records.ts';
import { sqlRecords } from './sql-records.ts';
import { lockVisitor, requireVisitor } from './visitors.ts';

/** A file with its bytes, in base64: what PGlite makes of binary values itself takes ten times as long. */
export interface StoredFile {
  about: Attachment;
  base64: string;
}

/** A file that no turn names is kept this long: an outbox may wait for the net about as long. */
const UNUSED_DAYS = 7;

/** Keeps a file for a visitor, under an id that nobody can guess. */
export async function addAttachment(
  tx: Transaction,
  { visitorId, inboxId, upload: { about, bytes } }: VisitorScope & { upload: Upload },
): Promise<Attachment> {
  const { visitor } = await lockVisitor(sqlRecords(tx), { visitorId, inboxId });
  const attachment = { id: newId('att'), ...about };
  await tx.query(
    `insert into attachments (id, account_id, visitor_id, about, bytes, created_at)
     values ($1, $2, $3, $4::jsonb, decode($5, 'base64'), $6)`,
    [
      attachment.id,
      visitor.account_id,
      visitorId,
      JSON.stringify(attachment),
      Buffer.from(bytes).toString('base64'),
      tx.now,
    ],
  );
  return attachment;
}

/** The files that an input names, in its order. Throws `unknown_reference` when one is not this visitor's. */
export async function attachmentsOf(
  records: Records,
  visitorId: string,
  input: VisitorInput,
): Promise<Attachment[]> {
  const named = input.kind === 'message' ? (input.attachments ?? []) : [];
  if (named.length === 0) return [];
  const ids = [...new Set(named.map(({ id }) => id))];
  const found = await records.findAttachments(visitorId, ids);
  const known = new Map(found.map((about) => [about.id, about]));
  const missing = named.findIndex(({ id }) => !known.has(id));
  if (missing >= 0)
    throw new HostProblem(
      'unknown_reference',
      'A file of this message is not here (any more). Upload it again, or send the message without it.',
      { fields: [{ path: `/input/attachments/${missing}/id`, message: 'must be a file of this visitor' }] },
    );
  return ids.map((id) => known.get(id)!);
}

/** A file of the visitor's own. Throws `not_found`. */
export async function getVisitorAttachment(
  tx: Transaction,
  { visitorId, inboxId, attachmentId }: VisitorScope & { attachmentId: string },
): Promise<StoredFile> {
  await requireVisitor(sqlRecords(tx), { visitorId, inboxId });
  return found(
    await one<StoredFile>(
      tx,
      `select about, encode(bytes, 'base64') as base64 from attachments where id = $1 and visitor_id = $2`,
      [attachmentId, visitorId],
    ),
  );
}

/** A file that was said in a conversation of this account. Throws `not_found`. */
export async function getConversationAttachment(
  tx: Transaction,
  {
    accountId,
    conversationId,
    attachmentId,
  }: { accountId: string; conversationId: string; attachmentId: string },
): Promise<StoredFile> {
  return found(
    await one<StoredFile>(
      tx,
      `select about, encode(bytes, 'base64') as base64 from attachments
       where id = $1 and account_id = $2 and conversation_id = $3`,
      [attachmentId, accountId, conversationId],
    ),
  );
}

function found(file: StoredFile | undefined): StoredFile {
  if (!file) throw notFound('file');
  return file;
}

/** Removes files that no turn has named in time. */
export async function sweepAttachments(tx: Transaction): Promise<void> {
  await tx.query('delete from attachments where conversation_id is null and created_at < $1', [
    new Date(tx.now.getTime() - UNUSED_DAYS * 86_400_000),
  ]);
}
