/** A response with its parsed body. */
export interface Answered<T> {
  status: number;
  body: T;
  /** Milliseconds to wait according to the host. Default: 0. */
  retryAfterMs: number;
}

export interface CallOptions {
  /** Default: `POST` with a body, else `GET`. */
  method?: string;
  token?: string | undefined;
  body?: object | Uint8Array | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export type Call = <T = unknown>(path: string, options?: CallOptions) => Promise<Answered<T>>;

/**
 * Creates a function that calls a host. `address` is the address of the caller, for a host that trusts one
 * proxy.
 */
export function createCall(hostUrl: string, address?: string): Call {
  return async <T>(path: string, { method, token, body, headers, signal }: CallOptions = {}) => {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${hostUrl}${path}`, {
      method: method ?? (body ? 'POST' : 'GET'),
      headers: {
        ...(body && !isFile && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(address && { 'X-Forwarded-For': address }),
        ...headers,
      },
      ...(body && { body: isFile ? Buffer.from(body) : JSON.stringify(body) }),
      signal: signal ?? null,
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? null : JSON.parse(text)) as T,
      retryAfterMs: Number(response.headers.get('Retry-After') ?? 0) * 1000,
    };
  };
}
