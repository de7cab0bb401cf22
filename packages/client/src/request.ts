import { ClientError, type ClientErrorCode } from './client-error.ts';
import { errorFrom } from './error-from.ts';
import type { Runtime } from './runtime.ts';

/** One call of the host. */
export interface Call {
  url: string;
  /** Default: `GET`, or `POST` when there is a `body`. */
  method?: string;
  /** Bearer token; it travels in the header and never in the address. */
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** A body as it is to be sent; its type stands in `headers`. */
  raw?: Blob | string | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** For the whole answer, its body included. Default: 20 s. */
  timeoutMs?: number;
  /** What it means when that is over. Default: `timeout`. */
  timeoutCode?: ClientErrorCode;
  /** Lets the call outlive the page, if its body is small enough for that. */
  keepalive?: boolean;
}

/** What reading an answer may need of the attempt that brought it. */
export interface Attempt {
  /** Aborts when the attempt is given up. */
  readonly signal: AbortSignal;
  /** From now on it is given up after `ms`. */
  wait(ms: number): void;
}

/**
 * Makes `call` and gives back what `read` makes of its response. The time-out and the caller's abort hold
 * until `read` is through: a body that stalls is given up like a host that never answers. Throws
 * `ClientError` for anything but 2xx, and the caller's own abort reason.
 */
export async function send<T>(
  runtime: Runtime,
  call: Call,
  read: (response: Response, attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { url, signal: given, timeoutMs = 20_000 } = call;
  given?.throwIfAborted();
  const attempt = new AbortController();
  const { signal } = attempt;
  // Not every fetch ends a body that is being read when its signal aborts: nobody waits for it any longer.
  const givenUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  const forward = () => attempt.abort(given!.reason);
  given?.addEventListener('abort', forward);
  let stay = () => {};
  const wait = (ms: number, code: ClientErrorCode = 'timeout') => {
    stay();
    stay = runtime.after(ms, () => attempt.abort(new ClientError(code, `${url} did not answer in time.`)));
  };
  wait(timeoutMs, call.timeoutCode);
  try {
    return await Promise.race([exchange(runtime, call, { signal, wait }, read), givenUp]);
  } finally {
    stay();
    given?.removeEventListener('abort', forward);
  }
}

async function exchange<T>(
  runtime: Runtime,
  call: Call,
  attempt: Attempt,
  read: (response: Response, attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { url, token, body } = call;
  const sent = body === undefined ? call.raw : toJson(body);
  const headers: Record<string, string> = { ...call.headers };
  if (token) headers['Authorization'] = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await runtime.fetch(url, {
      method: call.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      credentials: 'omit',
      signal: attempt.signal,
      body: sent ?? null,
      keepalive: call.keepalive === true && isSmall(sent),
    });
  } catch (error) {
    throw new ClientError('network', `${url} could not be reached.`, { cause: error });
  }
  if (!response.ok) throw await errorFrom(response, url, runtime.now());
  return read(response, attempt);
}

/** Makes `call` and reads its JSON; undefined for 204. */
export function requestJson<T>(runtime: Runtime, call: Call): Promise<T> {
  return send(runtime, call, async (response) => {
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new ClientError('bad_answer', `${call.url} answered no JSON.`, {
        status: response.status,
        cause: error,
      });
    }
  });
}

/** Whether a body may outlive its page: browsers refuse keepalive bodies over 64 KiB, and hosts any body. */
export function isSmall(body: Blob | string = ''): boolean {
  return new Blob([body]).size <= 61_440;
}

/**
 * `JSON.stringify` that old pages cannot bend: Prototype.js 1.6 gives arrays and strings a `toJSON` that
 * encodes twice. What it makes is passed over in favour of what stands in the value.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key];
  });
}
