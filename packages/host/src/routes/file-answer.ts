import { contentDisposition } from '../files/file-name.ts';
import { RASTER_TYPES } from '../files/file-type.ts';
import type { Answer } from '../http/router.ts';
import type { StoredFile } from '../operations/attachments.ts';

/**
 * A file as an answer. Whoever sent it may mean harm: its type is the one that its content showed, nothing but a picture is shown in place, and
 * even opened as a page of its own it may do nothing.
 */
export function fileAnswer({ about, base64 }: StoredFile): Answer {
  return {
    status: 200,
    content: Buffer.from(base64, 'base64'),
    headers: {
      'Content-Type': about.type === 'text/plain' ? 'text/plain; charset=utf-8' : about.type,
      'Content-Disposition': contentDisposition(
        RASTER_TYPES.has(about.type) ? 'inline' : 'attachment',
        about.name,
      ),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  };
}
