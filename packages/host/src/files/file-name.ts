import { HostProblem } from '../problem.ts';

const MAX_LENGTH = 120;
/**
 * Path separators, characters that file systems refuse, and characters that change the reading direction, so
 * that "gpj.exe" cannot look like "exe.jpg".
 */
// oxlint-disable-next-line no-control-regex -- the pattern removes control characters
const HARMFUL = /[\0-\x1f\x7f-\x9f/\\:*?"<>|\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Returns a safe form of the file name that a visitor sent (`header`: UTF-8, percent-encoded). Appends the
 * extension of the file's type unless the name has it. The default name is "file". Throws `invalid_request`
 * when the header cannot be decoded.
 */
export function safeFileName(header: string | undefined, ending: string): string {
  const parts = decoded(header ?? '')
    .replace(HARMFUL, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+/, '');
  const name = parts || 'file';
  const dotted = `.${ending}`;
  const stem = name.toLowerCase().endsWith(dotted) ? name.slice(0, -dotted.length) : name;
  return `${
    [...stem]
      .slice(0, MAX_LENGTH - dotted.length)
      .join('')
      .trim() || 'file'
  }${dotted}`;
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    throw new HostProblem('invalid_request', 'Alur-File-Name is not percent-encoded UTF-8.', {
      fields: [{ path: '/header/Alur-File-Name', message: 'must be percent-encoded UTF-8' }],
    });
  }
}

/**
 * Returns the header that names a downloaded file (RFC 6266): an ASCII name for old clients, and the complete
 * name.
 */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\w .-]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
