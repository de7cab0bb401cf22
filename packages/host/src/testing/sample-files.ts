/** The smallest files that readers accept as their types, built by hand. */
import { deflateSync, crc32 } from 'node:zlib';

const ascii = (text: string): Buffer<ArrayBuffer> => Buffer.from(text, 'latin1');

function chunk(name: string, data: Buffer): Buffer<ArrayBuffer> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([ascii(name), data])));
  return Buffer.concat([length, ascii(name), data, sum]);
}

/** Creates a complete grey PNG. It compresses well: 8,000 x 8,000 pixels take less than 100 KB. */
export function png(width = 3, height = 2): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  // Each row begins with its filter type: none.
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width, 120)]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    ascii('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Creates the header of a JPEG. `orientation` is the Exif orientation of cameras. */
export function jpeg(width: number, height: number, orientation?: number): Buffer<ArrayBuffer> {
  const exif = Buffer.alloc(32);
  exif.write('Exif\0\0MM\0*', 0, 'latin1');
  exif.writeUInt32BE(8, 10);
  exif.writeUInt16BE(1, 14);
  exif.writeUInt16BE(0x0112, 16);
  exif.writeUInt16BE(3, 18);
  exif.writeUInt32BE(1, 20);
  exif.writeUInt16BE(orientation ?? 1, 24);
  const frame = Buffer.alloc(9);
  frame.writeUInt8(8, 0);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const segment = (marker: number, data: Buffer): Buffer => {
    const lead = Buffer.from([0xff, marker, 0, 0]);
    lead.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([lead, data]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(orientation === undefined ? [] : [segment(0xe1, exif)]),
    segment(0xdb, Buffer.alloc(65)),
    segment(0xc2, frame),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function gif(width: number, height: number): Buffer<ArrayBuffer> {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return Buffer.concat([ascii('GIF89a'), size, Buffer.alloc(3)]);
}

/** Creates the header of a WebP in one of its three forms. */
export function webp(form: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer<ArrayBuffer> {
  const body = Buffer.alloc(30);
  body.write('RIFF', 0, 'latin1');
  body.write(`WEBP${form}`, 8, 'latin1');
  if (form === 'VP8 ') {
    body.writeUInt16LE(width, 26);
    body.writeUInt16LE(height, 28);
  } else if (form === 'VP8L') {
    body.writeUInt32LE(((height - 1) << 14) | (width - 1), 21);
  } else {
    body.writeUIntLE(width - 1, 24, 3);
    body.writeUIntLE(height - 1, 27, 3);
  }
  return body;
}

/** Creates the beginning of a zip: `first` is the name of the first entry, `second` of a later one. */
export function zip(first: string, second: string): Buffer<ArrayBuffer> {
  const entry = (name: string): Buffer => Buffer.concat([ascii('PK\x03\x04'), Buffer.alloc(26), ascii(name)]);
  return Buffer.concat([entry(first), entry(second)]);
}

export const text = (words: string): Buffer<ArrayBuffer> => Buffer.from(words, 'utf8');
export { ascii };
