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
  status?: number;
  /** From `Retry-After`, in milliseconds. */
  retryAfterMs?: number;
  /** The host's own words (RFC 9457). */
  problem?: ProblemDetails;
  cause?: unknown;
}

/** Every error that a client throws, apart from the caller's own abort reason. */
export class ClientError extends Error {
  readonly code: ClientErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly problem: ProblemDetails | undefined;

  constructor(code: ClientErrorCode, message: string, facts: ClientErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.name = 'ClientError';
    this.code = code;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.problem = facts.problem;
  }
}

/** Whether `value` is a `ClientError`, of this copy of the package or of another. */
export function isClientError(value: unknown): value is ClientError {
  return value instanceof Error && value.name === 'ClientError' && 'code' in value;
}
