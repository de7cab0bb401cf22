import { HostProblem } from '../problem.ts';
import { toStorable } from '../storable-text.ts';
import type { Operation } from './contract.ts';

/** What a string may not hold in a database: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/i;
const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/**
 * Reads a JSON body of at most `maxBytes` and checks it against the contract. Characters that no database can keep become U+FFFD, so
 * that a visitor's odd message is kept rather than refused; but for a flow document, whose reader refuses them and says where: an author's
 * work is never changed on the way. Throws `invalid_request`, `too_large`.
 */
export async function readBody(
  request: Request,
  operation: Operation,
  maxBytes: number,
  hasFlow = false,
): Promise<unknown> {
  const type = request.headers.get('Content-Type') ?? '';
  const text = await readText(request, maxBytes);
  if (text === '' && !operation.isBodyRequired) return undefined;
  // A form or plain text could be sent by any page without a preflight.
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

/** Reads a body that is a file, of at most `maxBytes`. Throws `invalid_request`, `too_large`. */
export async function readFileBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  // What a form could send without a preflight is refused here as well.
  if (!/^application\/octet-stream\b/i.test(request.headers.get('Content-Type') ?? ''))
    throw new HostProblem(
      'invalid_request',
      'Send the file itself, with "Content-Type: application/octet-stream".',
    );
  return readBytes(request, maxBytes);
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  return (await readBytes(request, maxBytes)).toString('utf8');
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch {
    // The caller's line broke: nothing is wrong here, and nobody is there to hear the answer.
    throw new HostProblem('invalid_request', 'The body broke off.');
  }
  if (size > maxBytes) throw tooLarge(maxBytes);
  return Buffer.concat(chunks);
}

/** Objects and arrays inside of each other; whoever hands a value on, copies it, or prints it, does so recursively. */
const MAX_NESTING = 500;

function parse(text: string, hasFlow: boolean): unknown {
  if (nestingOf(text) > MAX_NESTING)
    throw new HostProblem('invalid_request', `The body is nested more than ${MAX_NESTING} deep.`);
  try {
    const body = JSON.parse(text) as unknown;
    // The check on the text is cheap; the walk over every value is only for what needs it.
    if (!UNSTORABLE.test(text)) return body;
    const storable = JSON.parse(text, (_key, value: unknown) => storableValue(value)) as unknown;
    if (!hasFlow || !body || typeof body !== 'object' || !('flow' in body)) return storable;
    return { ...(storable as object), flow: body.flow };
  } catch {
    throw new HostProblem('invalid_request', 'The body is not JSON.');
  }
}

/** How deep brackets stand inside of each other, strings aside. */
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
  // Names are as odd as values can be. `fromEntries` defines them, so that "__proto__" stays a name.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [toStorable(name), member]));
}

function tooLarge(maxBytes: number): HostProblem {
  return new HostProblem('too_large', `The body may have at most ${maxBytes / 1024} KiB.`);
}
