import type { ProblemDetails } from '@alur/protocol';
import { ClientError, type ClientErrorCode } from './client-error.ts';

/** The `ClientError` that an answer other than 2xx stands for. */
export async function errorFrom(response: Response, url: string): Promise<ClientError> {
  const problem = (await response.json().catch(() => undefined)) as ProblemDetails | undefined;
  const code = typeof problem?.code === 'string' ? (problem.code as ClientErrorCode) : 'http';
  const words = problem?.detail ?? problem?.title ?? response.statusText;
  return new ClientError(code, `${url} answered ${response.status} ${code}: ${words}`, {
    status: response.status,
    ...(problem && { problem }),
    ...retryAfter(response.headers.get('Retry-After')),
  });
}

function retryAfter(header: string | null): { retryAfterMs?: number } {
  const seconds = header === null ? NaN : Number(header);
  return Number.isFinite(seconds) ? { retryAfterMs: Math.max(0, seconds * 1000) } : {};
}
