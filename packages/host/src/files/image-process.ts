/**
 * The process in which pictures are decoded. Decoders are the part of a host that hostile files aim at: here
 * a crash ends one upload, a decoder that hangs can be ended, and the memory of large bitmaps is given back.
 * A thread could do none of this, as native code cannot be interrupted.
 *
 * @module
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PIXELS } from './read-upload.ts';
import { stripMetadata } from './strip-metadata.ts';
import { THUMBNAIL_SIDE } from './thumbnail-side.ts';

/** What the process receives: one picture at a time. */
export interface ImageRequest {
  type: string;
  bytes: Uint8Array;
}

/** A picture without metadata. */
export interface CleanImage {
  bytes: Uint8Array;
  /** In pixels, as the picture is shown. */
  width: number;
  height: number;
  /**
   * The picture in WebP with at most `THUMBNAIL_SIDE` pixels a side; null when the picture itself is as
   * small.
   */
  thumbnail: Uint8Array | null;
}

/** What it sends: once `ready`, then a picture for each request, or null when it cannot be decoded. */
export type ImageResponse = 'ready' | { image: CleanImage | null };

const JPEG_QUALITY = 90;
const THUMBNAIL_QUALITY = 75;
/** A decoder gives up after so many seconds. */
const DECODE_SECONDS = 15;

sharp.concurrency(1);
sharp.cache(false);
// Only what the host takes: no format that reads other files, runs scripts or is rarely tested.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}`),
});

process.on('message', (request: ImageRequest) => {
  void clean(request)
    .catch(() => null)
    .then((image) => send({ image }));
});
// The host has ended, however it did.
process.on('disconnect', () => process.exit());
send('ready');

function send(response: ImageResponse): void {
  process.send?.(response);
}

/** Returns the picture without metadata. Throws when it cannot be decoded. */
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
  // Also decodes the whole of a small picture, which shows that it is one.
  const thumbnail = await small.webp({ quality: THUMBNAIL_QUALITY }).toBuffer();
  return { bytes: stripped, width, height, thumbnail: isLarge ? thumbnail : null };
}

async function rewrite(type: string, bytes: Uint8Array, metadata: Metadata): Promise<Uint8Array | null> {
  const isTurned = (metadata.orientation ?? 1) > 1 && (metadata.pages ?? 1) === 1;
  if (type !== 'image/jpeg' && !isTurned) return stripMetadata(type, bytes);
  let image = open(bytes);
  // Pixels in CMYK are converted, so that their profile would not fit any more.
  if (metadata.space !== 'cmyk') image = image.keepIccProfile();
  if (type === 'image/jpeg') image = image.jpeg({ quality: JPEG_QUALITY });
  else if (type === 'image/png') image = image.png();
  else image = image.webp({ quality: JPEG_QUALITY, lossless: isLosslessWebp(bytes) });
  return image.toBuffer();
}

/** The first frame of a picture, turned as Exif says. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    // Cameras write files with small faults that every viewer forgives.
    failOn: 'error',
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: DECODE_SECONDS });
}

function isLosslessWebp(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('VP8L', 12, 'latin1');
}
