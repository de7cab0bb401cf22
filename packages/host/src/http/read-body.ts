import { HostProblem, isHostProblem } from '../problem.ts';
import { toStorable } from '../storable-text.ts';
import type { Operation } from './contract.ts';
import type { After } from '../timers.ts';

/** Maximum time of a JSON body, and of a file or a flow, in milliseconds. */
const JSON_MS = 60_000;
const FILE_MS = 300_000;
/** Bytes of a buffer before more have come. */
const FIRST_BYTES = 16 * 1024;
/** So many bytes of a file must come in each of these spans: 4 KiB a second. */
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
  const totalMs = hasFlow ? FILE_MS : JSON_MS;
  const text = (await readBytes(request, maxBytes, { after, totalMs, minBytes: 0 })).toString('utf8');
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
  // One buffer: a body in chunks of one byte takes no more memory than any other.
  let buffer = Buffer.alloc(Math.min(maxBytes, FIRST_BYTES));
  let size = 0;
  const watch = watchPace(() => size, pace);
  try {
    for (;;) {
      const { done, value } = await watch.inTime(reader.read());
      if (done) return buffer.subarray(0, size);
      const newSize = size + value.byteLength;
      if (newSize > maxBytes) throw tooLarge(maxBytes);
      if (newSize > buffer.length) {
        buffer = Buffer.concat([buffer], Math.min(maxBytes, Math.max(newSize, 2 * buffer.length)));
      }
      buffer.set(value, size);
      size = newSize;
    }
  } catch (error) {
    if (isHostProblem(error)) throw error;
    // The caller's connection broke. This is not an error of the host, and no client receives the response.
    throw new HostProblem('invalid_request', 'The body broke off.');
  } finally {
    watch.stop();
  }
}

/** Watches how fast a body comes, until `stop`. */
function watchPace(received: () => number, { after, totalMs, minBytes }: Pace) {
  let tooSlow: HostProblem | null = null;
  let reject = (_problem: HostProblem): void => {};
  let stopPace = (): void => {};
  const fail = (): void => {
    const detail = 'The body comes too slowly. Try again on a better connection.';
    tooSlow = new HostProblem('request_timeout', detail);
    reject(tooSlow);
  };
  const check = (before: number): void => {
    stopPace = after(PACE_MS, () => {
      if (received() - before < minBytes) fail();
      else check(received());
    });
  };
  const stopTotal = after(totalMs, fail);
  if (minBytes > 0) check(0);
  return {
    /** Resolves with `read`. Rejects with `request_timeout` when the body is too slow before that. */
    inTime<Result>(read: Promise<Result>): Promise<Result> {
      return new Promise((resolve, rejectRead) => {
        if (tooSlow) return rejectRead(tooSlow);
        reject = rejectRead;
        read.then(resolve, rejectRead);
      });
    },
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
