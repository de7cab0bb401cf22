/**
 * Every `code` a problem may carry; the same words, in the same order, as `ProblemCode` in `openapi.yaml`.
 */
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

/** A stable word that says what kind of problem it is. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Whether `value` is one of this contract's codes (a newer host may know more). */
export function isProblemCode(value: unknown): value is ProblemCode {
  return PROBLEM_CODES.includes(value as ProblemCode);
}
