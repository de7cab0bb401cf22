import type { ProblemDetails } from '@alur/protocol';
import { ClientError, type ClientErrorCode } from './client-error.ts';

/** Converts a response other than 2xx to a `ClientError`. `now` is the device's time in milliseconds. */
export async function errorFrom(response: Response, url: string, now: number): Promise<ClientError> {
  const problem = (await response.json().catch(() => undefined)) as ProblemDetails | undefined;
  const code = typeof problem?.code === 'string' ? (problem.code as ClientErrorCode) : 'http';
  const words = problem?.detail ?? problem?.title ?? response.statusText;
  return new ClientError(code, `${url} returned ${response.status} ${code}: ${words}`, {
    status: response.status,
    problem,
    retryAfterMs: retryAfter(response, now),
  });
}

/**
 * Maximum wait. Timers longer than 2^31 ms fire immediately, and a device whose clock shows 1970 computes
 * such waits from any date.
 */
const DAY_MS = 86_400_000;

/**
 * Returns the wait that `Retry-After` requests (RFC 9110, 10.2.3), in milliseconds, at most one day. The
 * value is seconds or a date. A date is compared with the `Date` header if there is one, because the device's
 * clock may be wrong. Returns undefined for dates in the past and invalid values.
 */
function retryAfter({ headers }: Response, now: number): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers.get('Date') ?? '') || now);
  return ms >= 0 ? Math.min(ms, DAY_MS) : undefined;
}
