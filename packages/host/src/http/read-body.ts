import { HostProblem, isHostProblem } from '../problem.ts';
import { toStorable } from '../storable-text.ts';
import type { Operation } from './contract.ts';
import type { After } from './services.ts';

/** Maximum time of a JSON body, and of a file. */
const JSON_MS = 60_000;
const FILE_MS = 300_000;
/** Minimum pace of a file: this many bytes in each of these spans (4 KiB a second). */
export const PACE_MS = 10_000;
export const MIN_FILE_BYTES = 40 * 1024;
/** Escapes in JSON that a database cannot store: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/i;
const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/**
 * Reads a JSON body of at most `maxBytes` and validates it against the contract. Replaces characters that a
 * database cannot store with U+FFFD, so that a visitor's message is not refused for them. A flow document is
 * left unchanged: its parser refuses such characters and reports their position. Throws `invalid_request`,
 * `too_large`, `request_timeout`.
 */
export async function readBody(
  request: Request,
  operation: Operation,
  { maxBytes, hasFlow = false, after }: { maxBytes: number; hasFlow?: boolean; after: After },
): Promise<unknown> {
  const type = request.headers.get('Content-Type') ?? '';
  const text = (await readBytes(request, maxBytes, { after, totalMs: JSON_MS, minBytes: 0 })).toString(
    'utf8',
  );
  if (text === '' && !operation.isBodyRequired) return undefined;
  // Any page could send a form or plain text without a preflight.
  if (!/^application\/json\b/i.test(type))
    throw new HostProblem('invalid_request', 'Send JSON, with "Content-Type: application/json".');
  const body = parse(text, hasFlow);
  const validate = operation.validateBody;
  if (!validate || validate(body)) return body;
  const [error] = validate.errors ?? [];
  const path = error?.instancePath ?? '';
  const message = error?.message ?? 'is not as the contract says';
  throw new HostProblem('invalid_request', `${path || 'The body'} ${message}.`, {
    fields: [{ path, message }],
  });
}

/**
 * Reads a body that is a file, of at most `maxBytes`. Requires at least `MIN_FILE_BYTES` in each `PACE_MS`,
 * because the upload holds a slot meanwhile. Throws `invalid_request`, `too_large`, `request_timeout`.
 */
export async function readFileBody(request: Request, maxBytes: number, after: After): Promise<Uint8Array> {
  // Refuse content types that a form could send without a preflight.
  if (!/^application\/octet-stream\b/i.test(request.headers.get('Content-Type') ?? ''))
    throw new HostProblem(
      'invalid_request',
      'Send the file itself, with "Content-Type: application/octet-stream".',
    );
  return readBytes(request, maxBytes, { after, totalMs: FILE_MS, minBytes: MIN_FILE_BYTES });
}

interface Pace {
  after: After;
  /** Maximum time of the whole body. */
  totalMs: number;
  /** Minimum number of bytes in each `PACE_MS`. */
  minBytes: number;
}

async function readBytes(request: Request, maxBytes: number, pace: Pace): Promise<Buffer> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const { tooSlow, stop } = watchPace(() => size, pace);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), tooSlow]);
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    if (isHostProblem(error)) throw error;
    // The caller's connection broke. This is not an error of the host, and no client receives the response.
    throw new HostProblem('invalid_request', 'The body broke off.');
  } finally {
    stop();
  }
}

/** Creates a promise that rejects when the body comes too slowly. `stop` ends the measurement. */
function watchPace(received: () => number, { after, totalMs, minBytes }: Pace) {
  let stopPace = (): void => {};
  let stopTotal = (): void => {};
  const tooSlow = new Promise<never>((_, reject) => {
    const fail = (): void =>
      reject(
        new HostProblem('request_timeout', 'The body comes too slowly. Try again on a better connection.'),
      );
    const check = (before: number): void => {
      stopPace = after(PACE_MS, () => {
        if (received() - before < minBytes) fail();
        else check(received());
      });
    };
    stopTotal = after(totalMs, fail);
    if (minBytes > 0) check(0);
  });
  // A rejection without a handler would end the process.
  tooSlow.catch(() => {});
  return {
    tooSlow,
    stop(): void {
      stopPace();
      stopTotal();
    },
  };
}

/** Maximum nesting of objects and arrays. Code that copies, prints or passes on a value is recursive. */
const MAX_NESTING = 500;

function parse(text: string, hasFlow: boolean): unknown {
  if (nestingOf(text) > MAX_NESTING)
    throw new HostProblem('invalid_request', `The body is nested more than ${MAX_NESTING} deep.`);
  try {
    const body = JSON.parse(text) as unknown;
    // The check of the text is cheap; only texts with such escapes need the walk over every value.
    if (!UNSTORABLE.test(text)) return body;
    const storable = JSON.parse(text, (_key, value: unknown) => storableValue(value)) as unknown;
    if (!hasFlow || !body || typeof body !== 'object' || !('flow' in body)) return storable;
    return { ...(storable as object), flow: body.flow };
  } catch {
    throw new HostProblem('invalid_request', 'The body is not JSON.');
  }
}

/** Returns the maximum nesting of brackets outside of strings. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (isString) {
      if (char === BACKSLASH) i += 1;
      else if (char === QUOTE) isString = false;
    } else if (char === QUOTE) isString = true;
    else if (char === OPEN_ARRAY || char === OPEN_OBJECT) deepest = Math.max(deepest, (depth += 1));
    else if (char === CLOSE_ARRAY || char === CLOSE_OBJECT) depth -= 1;
  }
  return deepest;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value);
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  // Names can contain such characters too. `fromEntries` defines properties, so that "__proto__" stays a
  // name.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [toStorable(name), member]));
}

function tooLarge(maxBytes: number): HostProblem {
  return new HostProblem('too_large', `The body may have at most ${maxBytes / 1024} KiB.`);
}
