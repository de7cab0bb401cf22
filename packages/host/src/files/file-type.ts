/** A type of file that visitors may send. */
export interface FileType {
  /** Media type, as it is told and served. */
  type: string;
  /** The ending of its names. */
  ending: string;
}

interface Known extends FileType {
  /** Whether a file's first bytes are of this type. Each looks at a few places and reads no further. */
  fits(bytes: Uint8Array): boolean;
}

/**
 * The allow-list, by content alone. No library: those that tell a hundred types read containers and media to
 * do so, and such readers have hung servers before; for this list the first bytes say enough. Nothing here
 * can run in a browser or an office program by itself, and whatever is no raster image is served as a
 * download.
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

/** Types that may be shown in place; everything else is a download. */
export const RASTER_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** What a file is, or null when it is nothing that is taken. */
export function fileTypeOf(bytes: Uint8Array): FileType | null {
  const known = KNOWN.find(({ fits }) => fits(bytes));
  return known ? { type: known.type, ending: known.ending } : null;
}

function begins(mark: string, at = 0): (bytes: Uint8Array) => boolean {
  const wanted = Buffer.from(mark, 'latin1');
  return (bytes) => wanted.equals(bytes.subarray(at, at + wanted.length));
}

/** Whether a word stands near the beginning, where containers name their kind. */
function has(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.subarray(0, 4_096)).includes(word, 0, 'latin1');
}

/** Sound without a tag before it: a frame of layer III whose rate is one that exists. */
function isMpegFrame(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  return first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c;
}

/**
 * Of the many containers that begin with `ftyp`, the brands of ordinary video; pictures (heic, avif) are
 * others.
 */
function isMp4(bytes: Uint8Array): boolean {
  const brand = Buffer.from(bytes.subarray(8, 12)).toString('latin1');
  return begins('ftyp', 4)(bytes) && /^(iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp\d)$/.test(brand);
}

/** A zip that begins as office programs write theirs. */
function isOffice(bytes: Uint8Array): boolean {
  return (
    begins('PK\x03\x04')(bytes) && (begins('[Content_Types].xml', 30)(bytes) || begins('_rels/', 30)(bytes))
  );
}

/** UTF-8 without control characters, which does not begin like markup or a script. */
function isPlainText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  // oxlint-disable-next-line no-control-regex -- it is control characters that are looked for
  return !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) && /[^\s]/.test(text) && !/^\s*(<|#!)/.test(text);
}
