import type { ProblemCode, ProblemDetails } from '@alur/protocol';

/** Members of a problem beyond the fixed ones, such as `expected` with `sequence_gap`. */
export type ProblemMembers = Partial<
  Pick<ProblemDetails, 'fields' | 'expected' | 'current' | 'problems' | 'inboxes' | 'handler'>
> & {
  /** Seconds until the caller may try again; sent as `Retry-After`. */
  retryAfter?: number;
};

const STATUS: Record<ProblemCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  token_expired: 401,
  origin_not_allowed: 403,
  scope_missing: 403,
  not_found: 404,
  request_timeout: 408,
  inbox_type: 409,
  in_use: 409,
  already_assigned: 409,
  sequence_gap: 409,
  conversation_resolved: 409,
  cursor_expired: 410,
  version_conflict: 412,
  precondition_required: 428,
  too_large: 413,
  quota_exceeded: 413,
  unsupported_media: 415,
  id_reused: 422,
  flow_invalid: 422,
  unknown_reference: 422,
  rate_limited: 429,
  internal: 500,
  overloaded: 503,
};

/** An error response as RFC 9457 problem details. Any code below a route may throw it. */
export class HostProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly members: ProblemMembers;

  constructor(code: ProblemCode, detail: string, members: ProblemMembers = {}) {
    super(detail);
    this.name = 'HostProblem';
    this.code = code;
    this.status = STATUS[code];
    this.members = members;
  }

  /** Returns plain data, which can be sent from the database's thread. */
  toData(): ProblemData {
    return { code: this.code, detail: this.message, members: this.members };
  }
}

/** A problem in the form that is sent between threads. */
export interface ProblemData {
  code: ProblemCode;
  detail: string;
  members: ProblemMembers;
}

/** Returns whether `error` is a `HostProblem`, even when two copies of this package are loaded. */
export function isHostProblem(error: unknown): error is HostProblem {
  return error instanceof Error && error.name === 'HostProblem';
}

/**
 * Returns the problem of an id that does not exist or belongs to another caller. Both look the same to
 * callers.
 */
export function notFound(what: string): HostProblem {
  return new HostProblem('not_found', `There is no such ${what}.`);
}
