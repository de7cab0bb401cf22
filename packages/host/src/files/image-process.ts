/**
 * The process in which images are decoded. Hostile files target decoders: in its own process, a crash fails
 * one upload, a decoder that hangs can be ended, and the memory of large bitmaps is freed. A thread cannot do
 * this, because native code cannot be interrupted.
 *
 * @module
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PIXELS } from './read-upload.ts';
import { stripMetadata } from './strip-metadata.ts';
import { THUMBNAIL_SIDE } from './thumbnail-side.ts';

/** Message to the process: one image at a time. */
export interface ImageRequest {
  type: string;
  bytes: Uint8Array;
}

/** An image without metadata. */
export interface CleanImage {
  bytes: Uint8Array;
  /** In pixels, as the image is displayed. */
  width: number;
  height: number;
  /**
   * The image in WebP with at most `THUMBNAIL_SIDE` pixels a side; null when the image itself is as small.
   */
  thumbnail: Uint8Array | null;
}

/**
 * Messages of the process: once `ready`, then for each request an image, null when it cannot be decoded, or
 * `too-slow`.
 */
export type ImageResponse = 'ready' | 'too-slow' | { image: CleanImage | null };

const JPEG_QUALITY = 90;
const THUMBNAIL_QUALITY = 75;
/** Maximum time of a decoder in seconds. */
const DECODE_SECONDS = 15;

sharp.concurrency(1);
sharp.cache(false);
// Allow only the formats that the host accepts: none that reads other files, runs scripts or is rarely
// tested.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}`),
});

process.on('message', (request: ImageRequest) => {
  void clean(request).then(
    (image) => send({ image }),
    // The decoder's own time limit (sharp: "timeout: 42% complete").
    (error: Error) => send(error.message.startsWith('timeout') ? 'too-slow' : { image: null }),
  );
});
// The host has ended or crashed.
process.on('disconnect', () => process.exit());
send('ready');

function send(response: ImageResponse): void {
  process.send?.(response);
}

/** Returns the image without metadata. Throws when it cannot be decoded. */
async function clean({ type, bytes }: ImageRequest): Promise<CleanImage | null> {
  const metadata = await open(bytes).metadata();
  const { width, height } = metadata.autoOrient;
  const stripped = (await rewrite(type, bytes, metadata)) ?? null;
  if (!stripped) return null;
  const isLarge = Math.max(width, height) > THUMBNAIL_SIDE;
  const small = open(bytes).resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, {
    fit: 'inside',
    withoutEnlargement: true,
  });
  // Decodes a small image completely too, which verifies that it is an image.
  const thumbnail = await small.webp({ quality: THUMBNAIL_QUALITY }).toBuffer();
  return { bytes: stripped, width, height, thumbnail: isLarge ? thumbnail : null };
}

async function rewrite(type: string, bytes: Uint8Array, metadata: Metadata): Promise<Uint8Array | null> {
  const isTurned = (metadata.orientation ?? 1) > 1 && (metadata.pages ?? 1) === 1;
  if (type !== 'image/jpeg' && !isTurned) return stripMetadata(type, bytes);
  let image = open(bytes);
  // CMYK pixels are converted, so their profile would not match any more.
  if (metadata.space !== 'cmyk') image = image.keepIccProfile();
  if (type === 'image/jpeg') image = image.jpeg({ quality: JPEG_QUALITY });
  else if (type === 'image/png') image = image.png();
  else image = image.webp({ quality: JPEG_QUALITY, lossless: isLosslessWebp(bytes) });
  return image.toBuffer();
}

/** Opens the first frame of an image, rotated by its Exif orientation. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    // Cameras write files with small faults that every viewer accepts.
    failOn: 'error',
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: DECODE_SECONDS });
}

function isLosslessWebp(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('VP8L', 12, 'latin1');
}
