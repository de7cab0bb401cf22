import type { Attachment } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { addBytes, countedSize } from './attachment-usage.ts';

/** Image that an earlier version stored with its metadata. */
export interface StoredImage {
  attachmentId: string;
  accountId: string;
  type: string;
  /** In bytes. */
  size: number;
}

/**
 * Part of an image that replaces a stored one: `clean` becomes the original when the replacement is finished.
 */
export type ReplacementVariant = 'clean' | 'thumbnail';

/** Returns the first image with metadata whose id is after `after`, or null. */
export async function nextImageWithMetadata(
  tx: Transaction,
  { after }: { after: string },
): Promise<StoredImage | null> {
  const row = await queryOne<{ id: string; account_id: string; about: Attachment }>(
    tx,
    'select id, account_id, about from attachments where has_metadata and id > $1 order by id limit 1',
    [after],
  );
  if (!row) return null;
  const { type, size } = row.about;
  return { attachmentId: row.id, accountId: row.account_id, type, size };
}

/** Removes the parts of a replacement that did not finish. */
export async function beginImageReplacement(
  tx: Transaction,
  { attachmentId }: { attachmentId: string },
): Promise<void> {
  await tx.query("delete from attachment_chunks where attachment_id = $1 and variant <> 'original'", [
    attachmentId,
  ]);
}

/**
 * Stores a chunk, in base64, of a replacement. Returns false when the image was erased or replaced in the
 * meantime.
 */
export async function addReplacementChunk(
  tx: Transaction,
  {
    attachmentId,
    variant,
    position,
    base64,
  }: { attachmentId: string; variant: ReplacementVariant; position: number; base64: string },
): Promise<boolean> {
  const held = await tx.query('select 1 from attachments where id = $1 and has_metadata for key share', [
    attachmentId,
  ]);
  if (held.length === 0) return false;
  await tx.query(
    `insert into attachment_chunks (attachment_id, variant, position, bytes)
     values ($1, $2, $3, decode($4, 'base64')) on conflict do nothing`,
    [attachmentId, variant, position, base64],
  );
  return true;
}

/**
 * Puts the stored parts in the place of an image, and counts its new size. Messages keep the size and the
 * dimensions with which they were sent. Returns false when the image was erased or replaced in the meantime.
 */
export async function finishImageReplacement(
  tx: Transaction,
  {
    attachmentId,
    image,
  }: {
    attachmentId: string;
    image: { size: number; width: number; height: number; thumbnailSize: number | null };
  },
): Promise<boolean> {
  const before = await queryOne<{
    account_id: string;
    inbox_id: string;
    conversation_id: string | null;
    size: number;
    about: Attachment;
  }>(
    tx,
    `select account_id, inbox_id, conversation_id, size::float8 as size, about
     from attachments where id = $1 and has_metadata for update`,
    [attachmentId],
  );
  if (!before) return false;
  const { thumbnailSize, ...description } = image;
  const size = countedSize(image.size + (thumbnailSize ?? 0));
  await tx.query("delete from attachment_chunks where attachment_id = $1 and variant = 'original'", [
    attachmentId,
  ]);
  await tx.query(
    "update attachment_chunks set variant = 'original' where attachment_id = $1 and variant = 'clean'",
    [attachmentId],
  );
  await tx.query(
    `update attachments set about = $2::jsonb, size = $3, thumbnail_size = $4, has_metadata = false
     where id = $1`,
    [attachmentId, JSON.stringify({ ...before.about, ...description }), size, thumbnailSize],
  );
  const added = size - before.size;
  await addBytes(tx, {
    accountId: before.account_id,
    inboxId: before.inbox_id,
    unused: before.conversation_id === null ? added : 0,
    total: added,
  });
  return true;
}
