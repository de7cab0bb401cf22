import type { VisitorInput } from '@alur/flow';
import type { Attachment } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import type { UploadDescription } from '../files/read-upload.ts';
import { THUMBNAIL_SIDE } from '../files/thumbnail-side.ts';
import { newId } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { addBytes, countedSize, reserveBytes, subtractBytes, type FileQuotas } from './attachment-usage.ts';
import type { Records, VisitorScope } from './records.ts';
import { sqlRecords } from './sql-records.ts';
import { lockVisitor, nobody, requireVisitor } from './visitors.ts';

/** Size of a chunk in bytes. A turn may wait for one: PGlite reads it in 1 ms and writes it in 3 ms. */
export const CHUNK_BYTES = 64 * 1024;

/** Original file, or its thumbnail. */
export type FileVariant = 'original' | 'thumbnail';

/** Stored file that is read in chunks. */
export interface StoredFile {
  about: Attachment;
  variant: FileVariant;
  /** Size of the variant in bytes. */
  size: number;
}

/** Position of one chunk in a file. */
export interface ChunkAddress {
  attachmentId: string;
  variant: FileVariant;
  /** Index of the chunk, from 0. */
  position: number;
}

/** Hours for which a file that no turn names is kept. An outbox may wait for the network about as long. */
const UNUSED_HOURS = 24;
/** Hours after which an incomplete upload counts as abandoned: its process has ended. */
const INCOMPLETE_HOURS = 1;
/** Number of files that one operation deletes, so that turns run in between. */
const DELETED_AT_ONCE = 2;

/**
 * Reserves space for a file under an id that cannot be guessed. Throws `quota_exceeded`, `unauthenticated`.
 */
export async function beginAttachment(
  tx: Transaction,
  {
    visitorId,
    inboxId,
    about,
    quotas,
  }: VisitorScope & { about: UploadDescription; quotas: FileQuotas | null },
): Promise<string> {
  const { visitor } = await lockVisitor(sqlRecords(tx), { visitorId, inboxId });
  const accountId = visitor.account_id;
  const id = newId('att');
  const size = countedSize(about.size);
  await reserveBytes(tx, { accountId, visitorId, inboxId }, { size, files: 1 }, quotas);
  await tx.query(
    `insert into attachments (id, account_id, inbox_id, visitor_id, about, size, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [id, accountId, inboxId, visitorId, JSON.stringify({ id, ...about }), size, tx.now],
  );
  return id;
}

/**
 * Stores a chunk, in base64, of a file that is not complete yet. PGlite's own conversion of binary values
 * takes ten times as long. Throws `unauthenticated` when the visitor was erased in the meantime.
 */
export async function addAttachmentChunk(
  tx: Transaction,
  { attachmentId, variant, position, base64 }: ChunkAddress & { base64: string },
): Promise<void> {
  const [held] = await tx.query(
    'select 1 from attachments where id = $1 and stored_at is null for key share',
    [attachmentId],
  );
  if (!held) throw nobody();
  await tx.query(
    `insert into attachment_chunks (attachment_id, variant, position, bytes)
     values ($1, $2, $3, decode($4, 'base64')) on conflict do nothing`,
    [attachmentId, variant, position, base64],
  );
}

/**
 * Makes a file readable with its final description and size. Throws `quota_exceeded` when it has become too
 * large for a quota, and `unauthenticated` when the visitor was erased in the meantime.
 */
export async function finishAttachment(
  tx: Transaction,
  {
    visitorId,
    inboxId,
    attachmentId,
    about,
    thumbnailSize,
    quotas,
  }: VisitorScope & {
    attachmentId: string;
    about: UploadDescription;
    thumbnailSize: number | null;
    quotas: FileQuotas | null;
  },
): Promise<Attachment> {
  const attachment: Attachment = { id: attachmentId, ...about };
  await lockVisitor(sqlRecords(tx), { visitorId, inboxId });
  const before = await queryOne<{ account_id: string; size: number }>(
    tx,
    'select account_id, size::float8 as size from attachments where id = $1 and visitor_id = $2 for update',
    [attachmentId, visitorId],
  );
  if (!before) throw nobody();
  const size = countedSize(about.size + (thumbnailSize ?? 0));
  const added = size - before.size;
  const scope = { accountId: before.account_id, visitorId, inboxId };
  if (added > 0) await reserveBytes(tx, scope, { size: added, files: 0 }, quotas);
  else if (added < 0) await addBytes(tx, { ...scope, unused: added, total: added });
  await tx.query(
    'update attachments set about = $2::jsonb, size = $3, thumbnail_size = $4, stored_at = $5 where id = $1',
    [attachmentId, JSON.stringify(attachment), size, thumbnailSize, tx.now],
  );
  return attachment;
}

/** Removes a file whose upload did not complete. */
export async function abandonAttachment(
  tx: Transaction,
  { attachmentId }: { attachmentId: string },
): Promise<void> {
  await deleteAttachments(tx, 'id = $1 and stored_at is null', attachmentId);
}

/**
 * Returns the files that an input names, in its order. Throws `unknown_reference` when one does not belong to
 * this visitor.
 */
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

/** Selection of a file and its variant. */
export interface FileQuery {
  attachmentId: string;
  /** Default: `original`. */
  size?: FileVariant | undefined;
}

interface FileRow {
  about: Attachment;
  thumbnail_size: number | null;
}

/** Returns a file of the visitor. Throws `not_found`. */
export async function findVisitorAttachment(
  tx: Transaction,
  { visitorId, inboxId, ...query }: VisitorScope & FileQuery,
): Promise<StoredFile> {
  await requireVisitor(sqlRecords(tx), { visitorId, inboxId });
  const row = await queryOne<FileRow>(
    tx,
    'select about, thumbnail_size from attachments where id = $1 and visitor_id = $2 and stored_at is not null',
    [query.attachmentId, visitorId],
  );
  return variantOf(row, query);
}

/** Returns a file that was sent in a conversation of this account. Throws `not_found`. */
export async function findConversationAttachment(
  tx: Transaction,
  { accountId, conversationId, ...query }: FileQuery & { accountId: string; conversationId: string },
): Promise<StoredFile> {
  const row = await queryOne<FileRow>(
    tx,
    `select about, thumbnail_size from attachments
     where id = $1 and account_id = $2 and conversation_id = $3 and stored_at is not null`,
    [query.attachmentId, accountId, conversationId],
  );
  return variantOf(row, query);
}

/**
 * Returns the variant to read. A small picture is its own thumbnail. Throws `not_found` for any other file
 * without a thumbnail: it is not a picture, or an earlier version stored it.
 */
function variantOf(row: FileRow | undefined, { size }: FileQuery): StoredFile {
  if (!row) throw notFound('file');
  const { about, thumbnail_size: thumbnailSize } = row;
  const { width, height } = about;
  if (size !== 'thumbnail') return { about, variant: 'original', size: about.size };
  if (thumbnailSize !== null) return { about, variant: 'thumbnail', size: thumbnailSize };
  if (!width || !height || Math.max(width, height) > THUMBNAIL_SIDE) throw notFound('thumbnail');
  return { about, variant: 'original', size: about.size };
}

/**
 * Returns a chunk in base64, or null when the file was deleted. The caller has already checked access to the
 * file.
 */
export async function readAttachmentChunk(
  tx: Transaction,
  { attachmentId, variant, position }: ChunkAddress,
): Promise<string | null> {
  const row = await queryOne<{ base64: string }>(
    tx,
    `select encode(bytes, 'base64') as base64 from attachment_chunks
     where attachment_id = $1 and variant = $2 and position = $3`,
    [attachmentId, variant, position],
  );
  return row?.base64 ?? null;
}

/** Deletes every file of a visitor. */
export async function deleteVisitorAttachments(tx: Transaction, visitorId: string): Promise<void> {
  await deleteAttachments(tx, 'visitor_id = $1', visitorId);
}

/** Deletes some files of a visitor who is about to be erased. Returns whether there may be more. */
export async function deleteSomeAttachments(tx: Transaction, { visitorId }: VisitorScope): Promise<boolean> {
  const rows = await tx.query<{ id: string }>('select id from attachments where visitor_id = $1 limit $2', [
    visitorId,
    DELETED_AT_ONCE,
  ]);
  return deleteFound(tx, rows);
}

/**
 * Deletes some files that no turn has named in time, or whose upload did not complete. Returns whether there
 * may be more.
 */
export async function sweepAttachments(tx: Transaction): Promise<boolean> {
  const hoursAgo = (hours: number): Date => new Date(tx.now.getTime() - hours * 3_600_000);
  const rows = await tx.query<{ id: string }>(
    `select id from attachments where conversation_id is null
     and (created_at < $1 or (stored_at is null and created_at < $2))
     order by created_at limit $3 for update skip locked`,
    [hoursAgo(UNUSED_HOURS), hoursAgo(INCOMPLETE_HOURS), DELETED_AT_ONCE],
  );
  return deleteFound(tx, rows);
}

async function deleteFound(tx: Transaction, rows: { id: string }[]): Promise<boolean> {
  if (rows.length === 0) return false;
  await deleteAttachments(
    tx,
    'id = any($1::text[])',
    rows.map(({ id }) => id),
  );
  return rows.length === DELETED_AT_ONCE;
}

async function deleteAttachments(
  tx: Transaction,
  condition: string,
  value: string | string[],
): Promise<void> {
  await tx.query(
    `with gone as (
       delete from attachments where ${condition} returning account_id, inbox_id, size, conversation_id
     ) ${subtractBytes('gone')}`,
    [value],
  );
}
