import type { Attachment } from '@alur/protocol';
import type { Services } from '../http/services.ts';
import { CHUNK_BYTES, type FileVariant } from '../operations/attachments.ts';
import type { VisitorScope } from '../operations/records.ts';
import { RASTER_TYPES } from './file-type.ts';
import type { CleanImage } from './image-process.ts';
import {
  MAX_FILE_BYTES,
  tooLargeFile,
  undecodable,
  type Upload,
  type UploadDescription,
} from './read-upload.ts';

/**
 * Stores an upload: room is reserved first, pictures lose their metadata and get a thumbnail, and the bytes
 * are written chunk by chunk so that turns run in between. The file can be read once this resolves. Throws
 * `quota_exceeded`, `unsupported_media`, `too_large`, `overloaded`.
 */
export async function storeUpload(
  { files, images, limits }: Pick<Services, 'files' | 'images' | 'limits'>,
  scope: VisitorScope & { accountId: string },
  upload: Upload,
): Promise<Attachment> {
  const { about } = upload;
  const attachmentId = await files.run('beginAttachment', { ...scope, about, quotas: limits });
  try {
    const image = RASTER_TYPES.has(about.type)
      ? await images.clean(scope, about.type, upload.bytes)
      : undefined;
    if (image === null) throw undecodable();
    const bytes = image?.bytes ?? upload.bytes;
    // A picture can become larger when it is written again.
    if (bytes.length > MAX_FILE_BYTES) throw tooLargeFile();
    const thumbnail = image?.thumbnail ?? null;
    await write('original', bytes);
    if (thumbnail) await write('thumbnail', thumbnail);
    return await files.run('finishAttachment', {
      ...scope,
      attachmentId,
      about: describe(about, bytes, image),
      thumbnailSize: thumbnail?.length ?? null,
      quotas: limits,
    });
  } catch (error) {
    // What cannot be removed now is removed by the next sweep.
    await files.run('abandonAttachment', { ...scope, attachmentId }).catch(() => {});
    throw error;
  }

  async function write(variant: FileVariant, bytes: Uint8Array): Promise<void> {
    for (let position = 0; position * CHUNK_BYTES < bytes.length; position++) {
      const chunk = bytes.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES);
      const base64 = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('base64');
      await files.run('addAttachmentChunk', { ...scope, attachmentId, variant, position, base64 });
    }
  }
}

function describe(
  { name, type }: UploadDescription,
  bytes: Uint8Array,
  image: CleanImage | undefined,
): UploadDescription {
  return { name, type, size: bytes.length, ...(image && { width: image.width, height: image.height }) };
}
