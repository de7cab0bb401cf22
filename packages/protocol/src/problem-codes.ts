/** Every `code` of a problem, in the same order as `ProblemCode` in `openapi.yaml`. */
export const PROBLEM_CODES = [
  'invalid_request',
  'unauthenticated',
  'token_expired',
  'origin_not_allowed',
  'scope_missing',
  'not_found',
  'request_timeout',
  'inbox_type',
  'in_use',
  'already_assigned',
  'sequence_gap',
  'conversation_resolved',
  'cursor_expired',
  'version_conflict',
  'precondition_required',
  'too_large',
  'quota_exceeded',
  'unsupported_media',
  'id_reused',
  'flow_invalid',
  'unknown_reference',
  'rate_limited',
  'internal',
  'overloaded',
] as const;

/** A stable word that identifies the kind of problem. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Returns whether `value` is one of this contract's codes. A newer host may send others. */
export function isProblemCode(value: unknown): value is ProblemCode {
  return PROBLEM_CODES.includes(value as ProblemCode);
}
