import type { Database } from '../database/database.ts';
import { CHUNK_BYTES } from '../operations/attachments.ts';
import type { ReplacementVariant, StoredImage } from '../operations/stored-images.ts';
import type { ImageCleaner } from './image-cleaner.ts';
import type { CleanImage } from './image-process.ts';

/** Outcome of one stored image. `failed`: it cannot be decoded, and stays as it is. */
export type ImageOutcome = 'cleaned' | 'failed' | 'erased';

export interface CleanImagesOptions {
  database: Pick<Database, 'run'>;
  images: ImageCleaner;
  /** Called after each image. */
  onImage(attachmentId: string, outcome: ImageOutcome): void;
}

/**
 * Removes metadata from images that earlier versions stored with it, and gives them thumbnails. One image at
 * a time is in memory, and each database operation reads or writes one chunk. When the process ends in
 * between, the next call continues with the images that remain.
 */
export async function cleanStoredImages({ database, images, onImage }: CleanImagesOptions): Promise<void> {
  for (let after = ''; ;) {
    const image = await database.run('nextImageWithMetadata', { after });
    if (!image) return;
    after = image.attachmentId;
    onImage(after, await cleanStoredImage(database, images, image));
  }
}

async function cleanStoredImage(
  database: Pick<Database, 'run'>,
  images: ImageCleaner,
  image: StoredImage,
): Promise<ImageOutcome> {
  const bytes = await readOriginal(database, image);
  if (!bytes) return 'erased';
  const share = { accountId: image.accountId, visitorId: '' };
  // A decoder that takes too long is a failure of this image only.
  const clean = await images.clean(share, image.type, bytes).catch(() => null);
  return clean ? replace(database, image, clean) : 'failed';
}

/** Returns the bytes of an image, or null when it was erased. */
async function readOriginal(
  database: Pick<Database, 'run'>,
  { attachmentId, size }: StoredImage,
): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  for (let position = 0; position * CHUNK_BYTES < size; position++) {
    const base64 = await database.run('readAttachmentChunk', { attachmentId, variant: 'original', position });
    if (base64 === null) return null;
    chunks.push(Buffer.from(base64, 'base64'));
  }
  return Buffer.concat(chunks);
}

async function replace(
  database: Pick<Database, 'run'>,
  { attachmentId }: StoredImage,
  { bytes, width, height, thumbnail }: CleanImage,
): Promise<ImageOutcome> {
  await database.run('beginImageReplacement', { attachmentId });
  const isStored =
    (await write('clean', bytes)) && (thumbnail === null || (await write('thumbnail', thumbnail)));
  if (!isStored) return 'erased';
  const image = { size: bytes.length, width, height, thumbnailSize: thumbnail?.length ?? null };
  return (await database.run('finishImageReplacement', { attachmentId, image })) ? 'cleaned' : 'erased';

  async function write(variant: ReplacementVariant, content: Uint8Array): Promise<boolean> {
    for (let position = 0; position * CHUNK_BYTES < content.length; position++) {
      const chunk = content.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES);
      const base64 = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('base64');
      if (!(await database.run('addReplacementChunk', { attachmentId, variant, position, base64 })))
        return false;
    }
    return true;
  }
}
