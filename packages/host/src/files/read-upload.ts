import type { Attachment } from '@alur/protocol';
import { HostProblem } from '../problem.ts';
import { safeFileName } from './file-name.ts';
import { fileTypeOf, RASTER_TYPES } from './file-type.ts';
import { rasterSize } from './raster-size.ts';

/** Maximum size of a visitor's file in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/**
 * Maximum number of pixels: more than a phone camera produces. A small file that decodes to more is likely an
 * attack.
 */
export const MAX_PIXELS = 64_000_000;

/** Description of a file before it has an id. */
export type UploadDescription = Omit<Attachment, 'id'>;

/** An uploaded file: its description from the first bytes, and its bytes. */
export interface Upload {
  about: UploadDescription;
  bytes: Uint8Array;
}

/** Determines the type of an uploaded file. Throws `invalid_request`, `unsupported_media`, `too_large`. */
export function readUpload(bytes: Uint8Array, nameHeader: string | undefined): Upload {
  if (bytes.length === 0)
    throw new HostProblem('invalid_request', 'The file is empty.', {
      fields: [{ path: '', message: 'must have at least 1 byte' }],
    });
  const known = fileTypeOf(bytes);
  if (!known) throw unsupported();
  const { type, ending } = known;
  const pixels = RASTER_TYPES.has(type) ? rasterSize(type, bytes) : undefined;
  if (pixels === null) throw undecodable();
  if (pixels && pixels.width * pixels.height > MAX_PIXELS)
    throw new HostProblem('too_large', `A picture may have at most ${MAX_PIXELS / 1e6} megapixels.`);
  const name = safeFileName(nameHeader, ending);
  return { about: { name, type, size: bytes.length, ...pixels }, bytes };
}

function unsupported(): HostProblem {
  return new HostProblem(
    'unsupported_media',
    'Files of this type are not taken. Send an image, a PDF, a text, an office document or a recording.',
  );
}

/** Returns the problem of a picture that would be stored with more than `MAX_FILE_BYTES`. */
export function tooLargeFile(): HostProblem {
  return new HostProblem(
    'too_large',
    'This picture is too large once its metadata is removed. Send a smaller one.',
  );
}

/**
 * Returns the problem of an image that cannot be decoded: its metadata cannot be removed, and no viewer could
 * display it.
 */
export function undecodable(): HostProblem {
  return new HostProblem('unsupported_media', 'This picture is damaged. Save it again and send that file.');
}
