import type { ProblemCode, ProblemDetails } from '@alur/protocol';

/**
 * Stable code of a failure: one of the contract's problem codes, or
 *
 * - `network`: no response (offline, refused, blocked by CORS or a content blocker);
 * - `timeout`: no response in time;
 * - `bad_answer`: a response that does not match the contract;
 * - `stream_silent`: a stream opened but sent nothing (a proxy buffers it);
 * - `http`: an error response without a problem code; `status` gives the reason.
 */
export type ClientErrorCode = ProblemCode | 'network' | 'timeout' | 'bad_answer' | 'stream_silent' | 'http';

/** Facts about a failed call. */
export interface ClientErrorFacts {
  /** HTTP status, when there was a response. */
  status?: number | undefined;
  /** Value of `Retry-After`, in milliseconds. At most one day. */
  retryAfterMs?: number | undefined;
  /** Problem details of the host (RFC 9457). */
  problem?: ProblemDetails | undefined;
  cause?: unknown;
}

/** Every error that a client throws, except the abort reason of the caller. */
export class ClientError extends Error {
  declare readonly code: ClientErrorCode;
  declare readonly status: number | undefined;
  declare readonly retryAfterMs: number | undefined;
  declare readonly problem: ProblemDetails | undefined;

  constructor(code: ClientErrorCode, message: string, { cause, ...facts }: ClientErrorFacts = {}) {
    super(message, { cause });
    Object.assign(this, facts, { name: 'ClientError', code });
  }
}

/** Returns true for a `ClientError` of this or another copy of the package. */
export function isClientError(value: unknown): value is ClientError {
  return value instanceof Error && value.name === 'ClientError' && 'code' in value;
}
