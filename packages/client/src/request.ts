import { ClientError, type ClientErrorCode } from './client-error.ts';
import { errorFrom } from './error-from.ts';
import type { Runtime } from './runtime.ts';

/** One request to the host. */
export interface Call {
  url: string;
  /** Default: `GET`, or `POST` when there is a `body`. */
  method?: string;
  /** Bearer token, sent in the `Authorization` header and never in the URL. */
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Body that is sent unchanged. Set its type in `headers`. */
  raw?: Blob | string | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Time limit for the whole response, body included. Default: 20 s. */
  timeoutMs?: number;
  /** Error code when the time limit is reached. Default: `timeout`. */
  timeoutCode?: ClientErrorCode;
  /** Lets the request outlive the page if its body is small enough (`isSmall`). */
  keepalive?: boolean;
}

/** The attempt that a response belongs to. */
export interface Attempt {
  /** Aborts when the attempt is aborted. */
  readonly signal: AbortSignal;
  /** Restarts the time limit of the attempt with `ms`. */
  wait(ms: number): void;
}

/**
 * Sends `call` and returns the result of `read`. The time limit and the caller's abort apply until `read` has
 * finished, so a body that stalls counts as a timeout. Throws `ClientError` for any response other than 2xx,
 * and the abort reason of the caller.
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
  // Some `fetch` implementations do not end a pending body read on abort.
  const givenUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  const forward = () => attempt.abort(given!.reason);
  given?.addEventListener('abort', forward);
  let cancelTimeout = () => {};
  const wait = (ms: number, code: ClientErrorCode = 'timeout') => {
    cancelTimeout();
    cancelTimeout = runtime.after(ms, () =>
      attempt.abort(new ClientError(code, `${url} did not respond in time.`)),
    );
  };
  wait(timeoutMs, call.timeoutCode);
  try {
    return await Promise.race([exchange(runtime, call, { signal, wait }, read), givenUp]);
  } finally {
    cancelTimeout();
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

/** Sends `call` and parses the JSON response. Returns undefined for 204. */
export function requestJson<T>(runtime: Runtime, call: Call): Promise<T> {
  return send(runtime, call, async (response) => {
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new ClientError('bad_answer', `${call.url} returned no JSON.`, {
        status: response.status,
        cause: error,
      });
    }
  });
}

/**
 * Returns true if a body may use keepalive. Browsers refuse keepalive bodies over 64 KiB, and hosts refuse
 * any larger body.
 */
export function isSmall(body: Blob | string = ''): boolean {
  return new Blob([body]).size <= 61_440;
}

/**
 * Returns the JSON of a value and ignores `toJSON` methods. Prototype.js 1.6 adds a `toJSON` to arrays and
 * strings that encodes them twice.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key];
  });
}
