import type { ProblemCode, ProblemDetails } from '@alur/protocol';

/**
 * What went wrong, as a stable word: one of the contract's problem codes, or
 *
 * - `network`: no answer came (offline, refused, blocked by CORS or a content blocker);
 * - `timeout`: no answer came in time;
 * - `bad_answer`: an answer that is not what the contract says;
 * - `stream_silent`: a stream opened but said nothing (a proxy holds it back);
 * - `http`: an error without a problem code, told apart by `status`.
 */
export type ClientErrorCode = ProblemCode | 'network' | 'timeout' | 'bad_answer' | 'stream_silent' | 'http';

/** Facts about a failed call. */
export interface ClientErrorFacts {
  /** HTTP status, when an answer came. */
  status?: number | undefined;
  /** From `Retry-After`, in milliseconds; a day at most. */
  retryAfterMs?: number | undefined;
  /** The host's own words (RFC 9457). */
  problem?: ProblemDetails | undefined;
  cause?: unknown;
}

/** Every error that a client throws, apart from the caller's own abort reason. */
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

/** Whether `value` is a `ClientError`, of this copy of the package or of another. */
export function isClientError(value: unknown): value is ClientError {
  return value instanceof Error && value.name === 'ClientError' && 'code' in value;
}
