import { openChunkStream } from '../files/chunk-stream.ts';
import { contentDisposition } from '../files/file-name.ts';
import { RASTER_TYPES } from '../files/file-type.ts';
import type { Answer, HostEnv } from '../http/handlers.ts';
import type { Services } from '../http/services.ts';
import { CHUNK_BYTES, type StoredFile } from '../operations/attachments.ts';
import type { Context } from 'hono';

/** Caller that reads a file. */
export interface FileReader {
  context: Context<HostEnv>;
  address: string;
  /** Account on whose behalf the database is asked. */
  accountId: string;
  /** Names the visitor, or the holder of a dashboard token. */
  holder: string;
}

const THUMBNAIL_TYPE = 'image/webp';
/** Maximum time that a completely written response may wait for its reader. */
const LAST_BYTES_MS = 30_000;

/**
 * Returns a file as a response that is read chunk by chunk. `find` runs after a place in the download limit
 * is taken. The file may come from an attacker. Its type is the one detected from its content. Only pictures
 * are shown inline. A sandbox policy applies when the file is opened as a page. Throws `rate_limited`,
 * `overloaded`.
 */
export async function createFileResponse(
  services: Services,
  find: () => Promise<StoredFile>,
  reader: FileReader,
): Promise<Answer> {
  const place = takeDownloadPlace(services, reader);
  // Names the account and the reader for the queue of the database.
  const share = { accountId: reader.accountId, visitorId: reader.holder };
  try {
    const file = await find();
    const { about, variant, size } = file;
    const content = await openChunkStream({
      read: async (position) => {
        const base64 = await services.files.run('readAttachmentChunk', {
          ...share,
          attachmentId: about.id,
          variant,
          position,
        });
        return base64 === null ? null : Buffer.from(base64, 'base64');
      },
      count: Math.ceil(size / CHUNK_BYTES),
      after: services.after,
      cutOff: place.cutOff,
      onEnd: place.written,
    });
    const type = variant === 'thumbnail' ? THUMBNAIL_TYPE : about.type;
    const name = variant === 'thumbnail' ? about.name.replace(/(\.\w+)?$/, '.webp') : about.name;
    return {
      status: 200,
      content,
      headers: {
        'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
        'Content-Length': String(size),
        'Content-Disposition': contentDisposition(RASTER_TYPES.has(type) ? 'inline' : 'attachment', name),
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cache-Control': 'private, no-store',
      },
    };
  } catch (error) {
    place.free();
    throw error;
  }
}

/**
 * Takes a place in the download limit until the response is closed. That is later than the last read of the
 * file: the last bytes also wait for the reader.
 */
function takeDownloadPlace(
  { filePlaces, after }: Pick<Services, 'filePlaces' | 'after'>,
  { context, address, accountId, holder }: FileReader,
): { free(): void; written(): void; cutOff(): boolean } {
  const free = filePlaces.takeDownload({ accountId, holder, address });
  // Requests made with `app.request()` have no connection.
  const response = context.env?.outgoing;
  let stopTimer = (): void => {};
  response?.once('close', () => {
    stopTimer();
    free();
  });
  return {
    free,
    written() {
      if (!response || response.destroyed) free();
      else stopTimer = after(LAST_BYTES_MS, () => response.destroy());
    },
    cutOff() {
      response?.destroy();
      return response !== undefined;
    },
  };
}
