import type { WidgetConfig } from '@alur/protocol';
import { widgetUrl, type InboxAddress } from '../visitor/inbox-address.ts';

/** Result of a test request to the host. */
export interface HostProbe {
  /** Response time, in milliseconds. */
  ms: number;
  /** Problem code of a refusal, or the HTTP status where there is no code. */
  refusal?: string;
  /** Time of the host's clock, ISO 8601. */
  serverTime?: string;
}

/** Maximum response time. */
const TIMEOUT_MS = 10_000;

/**
 * Requests an inbox's public configuration, bypassing every cache. Returns the response time, the refusal and
 * the host's time. Rejects with the error of `fetch` when there is no response.
 */
export async function probeHost(address: InboxAddress): Promise<HostProbe> {
  const startedAt = performance.now();
  const response = await fetch(widgetUrl(address, 'config'), {
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json()) as Partial<WidgetConfig> & { code?: string };
  const ms = Math.round(performance.now() - startedAt);
  if (!response.ok) return { ms, refusal: body.code ?? String(response.status) };
  return { ms, ...(body.serverTime && { serverTime: body.serverTime }) };
}
