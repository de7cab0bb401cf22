/** Width and height in pixels, as the image is displayed. */
export interface RasterSize {
  width: number;
  height: number;
}

/**
 * Returns the size of a raster image, or null when its header contains none: then no viewer could display it.
 * Reads only headers and each segment once, so that a forged file costs no more than a real one.
 */
export function rasterSize(type: string, bytes: Uint8Array): RasterSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = READERS[type]?.(view) ?? null;
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // The file ends within its header.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const READERS: Record<string, (view: DataView) => RasterSize | null> = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/webp': webpSize,
  'image/jpeg': jpegSize,
};

function webpSize(view: DataView): RasterSize | null {
  switch (view.getUint32(12)) {
    // "VP8 ": a key frame; two bits beside each number contain its scale.
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    // "VP8L": 14 bits each, less one.
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    // "VP8X": 24 bits each, less one.
    case 0x56503858:
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}

function jpegSize(view: DataView): RasterSize | null {
  let isTurned = false;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Fill bytes may precede a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    if (marker === 0xe1) isTurned ||= isTurnedExif(view, at + 4, length - 2);
    // A start of frame; C4, C8 and CC are tables and similar segments.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    at += 2 + length;
  }
}

/**
 * Returns whether the Exif orientation swaps width and height: cameras store the sensor's image and how they
 * were held.
 */
function isTurnedExif(view: DataView, at: number, length: number): boolean {
  if (length < 20 || view.getUint32(at) !== 0x45786966) return false;
  const start = at + 6;
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  const end = at + length;
  if (directory + 2 > end) return false;
  const count = Math.min(view.getUint16(directory, isLittle), 64);
  for (let entry = directory + 2; entry < directory + 2 + count * 12 && entry + 12 <= end; entry += 12)
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle) >= 5;
  return false;
}
