/**
 * Removes everything from an image that is not needed to display it: Exif, XMP, IPTC, comments, times,
 * unknown parts, and bytes after its end. Keeps pixels, animation and colour profile. PNG, GIF and WebP are
 * lists of parts, so this needs no decoder and loses nothing; an encoder would drop frames or colours.
 * Returns null when the parts cannot be parsed.
 */
export function stripMetadata(type: string, bytes: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return STRIPPERS[type]?.(buffer) ?? null;
  } catch (error) {
    // The file ends within a part.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const STRIPPERS: Record<string, (bytes: Buffer) => Buffer | null> = {
  'image/png': stripPng,
  'image/gif': stripGif,
  'image/webp': stripWebp,
};

/**
 * Chunks of PNG and APNG that affect the pixels (PNG third edition, section 11; not `eXIf`, texts and times).
 */
const PNG_CHUNKS = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
);
const PNG_SIGNATURE_LENGTH = 8;

function stripPng(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, PNG_SIGNATURE_LENGTH)];
  for (let at = PNG_SIGNATURE_LENGTH; ;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (PNG_CHUNKS.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}

/**
 * Application extensions of GIF that affect its display: the number of repetitions, and the colour profile.
 */
const GIF_APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

function stripGif(bytes: Buffer): Buffer | null {
  const start = 13 + colorTableLength(bytes.readUInt8(10));
  const kept = [bytes.subarray(0, start)];
  let hasPicture = false;
  for (let at = start; ;) {
    const kind = bytes[at];
    if (kind === 0x21) {
      const end = subBlocksEnd(bytes, at + 2);
      if (end === null) break;
      const label = bytes[at + 1];
      const application = label === 0xff && bytes.toString('latin1', at + 3, at + 14);
      if (label === 0xf9 || (application && GIF_APPLICATIONS.has(application)))
        kept.push(bytes.subarray(at, end));
      at = end;
    } else if (kind === 0x2c) {
      // A frame: its place and flags, a colour table, the code size, and its data.
      const end = subBlocksEnd(bytes, at + 11 + colorTableLength(bytes[at + 9] ?? 0));
      if (end === null) break;
      kept.push(bytes.subarray(at, end));
      hasPicture = true;
      at = end;
    } else break;
  }
  // Viewers display a GIF that is cut off up to its last complete frame.
  return hasPicture ? Buffer.concat([...kept, Buffer.from([0x3b])]) : null;
}

function colorTableLength(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/**
 * Returns the position after a list of sub-blocks, each of which begins with its length. Null when it is cut
 * off.
 */
function subBlocksEnd(bytes: Buffer, start: number): number | null {
  for (let at = start; ;) {
    const length = bytes[at];
    if (length === undefined) return null;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** Chunks of WebP without `EXIF`, `XMP ` and unknown ones (RFC 9649, section 2.7). */
const WEBP_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Flags of `VP8X` that announce Exif and XMP. */
const WEBP_METADATA_FLAGS = 0x0c;

function stripWebp(bytes: Buffer): Buffer | null {
  const total = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const kept: Buffer[] = [];
  for (let at = 12; at + 8 <= total;) {
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (end > total) return null;
    const name = bytes.toString('latin1', at, at + 4);
    if (WEBP_CHUNKS.has(name)) {
      const chunk = Buffer.from(bytes.subarray(at, end));
      if (name === 'VP8X' && length > 0) chunk[8] = chunk[8]! & ~WEBP_METADATA_FLAGS;
      kept.push(chunk);
      if (length % 2 === 1) kept.push(Buffer.alloc(1));
    }
    at = end + (length % 2);
  }
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
