import type { ProblemDetails } from '@alur/protocol';
import { HostProblem, isHostProblem } from '../problem.ts';

const TITLES: Record<number, string> = {
  400: 'Invalid request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  408: 'Too slow',
  409: 'Conflict',
  410: 'Gone',
  412: 'Changed in the meantime',
  413: 'Too large',
  415: 'Unsupported type',
  422: 'Cannot be done',
  428: 'Precondition required',
  429: 'Too many calls',
  500: 'Something went wrong',
  503: 'Overloaded',
};

/**
 * Returns any error as `application/problem+json`. An error that is not a `HostProblem` is passed to
 * `report`; the response has a general text, so that it exposes no internals.
 */
export function problemResponse(
  error: unknown,
  requestId: string,
  report: (error: unknown) => void = () => {},
): Response {
  const isOurs = isHostProblem(error);
  if (!isOurs) report(error);
  const problem = isOurs ? error : new HostProblem('internal', 'Something went wrong here. Try again later.');
  const { retryAfter, ...members } = problem.members;
  const body: ProblemDetails = {
    type: `urn:alur:problem:${problem.code}`,
    title: TITLES[problem.status] ?? 'Problem',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    requestId,
    ...members,
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
  });
}
