import type { ProblemDetails } from '@alur/protocol';
import { ClientError, type ClientErrorCode } from './client-error.ts';

/**
 * The `ClientError` that an answer other than 2xx stands for; `now` is what the device takes for the time.
 */
export async function errorFrom(response: Response, url: string, now: number): Promise<ClientError> {
  const problem = (await response.json().catch(() => undefined)) as ProblemDetails | undefined;
  const code = typeof problem?.code === 'string' ? (problem.code as ClientErrorCode) : 'http';
  const words = problem?.detail ?? problem?.title ?? response.statusText;
  return new ClientError(code, `${url} answered ${response.status} ${code}: ${words}`, {
    status: response.status,
    problem,
    retryAfterMs: retryAfter(response, now),
  });
}

/**
 * No wait is longer: past 2^31 ms a timer fires at once, and a device whose clock stands in 1970 takes any
 * date for that far.
 */
const DAY_MS = 86_400_000;

/**
 * The wait that `Retry-After` asks for (RFC 9110, 10.2.3): seconds, or a date; a day at most. A date is read
 * from the host's own clock where it is told, as the device's may be wrong. What is over, or cannot be read,
 * asks for nothing.
 */
function retryAfter({ headers }: Response, now: number): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers.get('Date') ?? '') || now);
  return ms >= 0 ? Math.min(ms, DAY_MS) : undefined;
}
