/** A type of file that visitors may send. */
export interface FileType {
  /** Media type in the attachment and in responses. */
  type: string;
  /** Extension of its names. */
  ending: string;
}

interface Known extends FileType {
  /** Returns whether a file's first bytes are of this type. Reads only a few positions. */
  fits(bytes: Uint8Array): boolean;
}

/**
 * The allow-list, by content only. No library is used: libraries that detect a hundred types parse containers
 * and media, and such parsers have blocked servers before. The first bytes are enough for this list. No type
 * here can run in a browser or an office program by itself, and every type that is no raster image is served
 * as a download.
 */
const KNOWN: readonly Known[] = [
  { type: 'image/png', ending: 'png', fits: begins('\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', ending: 'jpg', fits: begins('\xff\xd8\xff') },
  { type: 'image/gif', ending: 'gif', fits: (bytes) => begins('GIF87a')(bytes) || begins('GIF89a')(bytes) },
  { type: 'image/webp', ending: 'webp', fits: (bytes) => begins('RIFF')(bytes) && begins('WEBP', 8)(bytes) },
  { type: 'application/pdf', ending: 'pdf', fits: begins('%PDF-') },
  { type: 'audio/mpeg', ending: 'mp3', fits: (bytes) => begins('ID3')(bytes) || isMpegFrame(bytes) },
  { type: 'audio/mp4', ending: 'm4a', fits: begins('ftypM4A ', 4) },
  { type: 'audio/ogg', ending: 'ogg', fits: begins('OggS') },
  { type: 'video/quicktime', ending: 'mov', fits: begins('ftypqt  ', 4) },
  { type: 'video/mp4', ending: 'mp4', fits: isMp4 },
  {
    type: 'video/webm',
    ending: 'webm',
    fits: (bytes) => begins('\x1aE\xdf\xa3')(bytes) && has(bytes, 'webm'),
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
    fits: (bytes) => isOffice(bytes) && has(bytes, 'word/'),
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
    fits: (bytes) => isOffice(bytes) && has(bytes, 'xl/'),
  },
  { type: 'text/plain', ending: 'txt', fits: isPlainText },
];

/** Media types of the allow-list. */
export const FILE_TYPES: readonly string[] = KNOWN.map(({ type }) => type);

/** Types that may be displayed inline; all others are downloads. */
export const RASTER_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** Returns the type of a file, or null when it is not on the allow-list. */
export function fileTypeOf(bytes: Uint8Array): FileType | null {
  const known = KNOWN.find(({ fits }) => fits(bytes));
  return known ? { type: known.type, ending: known.ending } : null;
}

function begins(mark: string, at = 0): (bytes: Uint8Array) => boolean {
  const wanted = Buffer.from(mark, 'latin1');
  return (bytes) => wanted.equals(bytes.subarray(at, at + wanted.length));
}

/** Returns whether a word occurs near the beginning, where containers name their type. */
function has(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.subarray(0, 4_096)).includes(word, 0, 'latin1');
}

/** Returns whether the bytes begin with an MPEG audio frame without a tag: layer III with a valid rate. */
function isMpegFrame(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  return first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c;
}

/**
 * Returns whether the container has a brand of ordinary video. Other `ftyp` brands are images (heic, avif).
 */
function isMp4(bytes: Uint8Array): boolean {
  const brand = Buffer.from(bytes.subarray(8, 12)).toString('latin1');
  return begins('ftyp', 4)(bytes) && /^(iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp\d)$/.test(brand);
}

/** Returns whether the bytes are a zip that begins as office programs write it. */
function isOffice(bytes: Uint8Array): boolean {
  return (
    begins('PK\x03\x04')(bytes) && (begins('[Content_Types].xml', 30)(bytes) || begins('_rels/', 30)(bytes))
  );
}

/**
 * Returns whether the bytes are UTF-8 without control characters and do not begin like markup or a script.
 */
function isPlainText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  // oxlint-disable-next-line no-control-regex -- the pattern finds control characters
  return !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) && /[^\s]/.test(text) && !/^\s*(<|#!)/.test(text);
}
