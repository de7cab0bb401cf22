import type { WidgetConfig } from '@alur/protocol';
import { widgetUrl, type InboxAddress } from '../visitor/inbox-address.ts';

/** How a host answers right now. */
export interface HostProbe {
  /** How long the answer took, in milliseconds. */
  ms: number;
  /** The problem code, or the HTTP status where there is none, when the host refuses. */
  refusal?: string;
  /** What the host's clock says; ISO 8601. */
  serverTime?: string;
}

/** How long a host may take. */
const PATIENCE_MS = 10_000;

/**
 * Asks the host for an inbox's public configuration, past every cache: is it there, what does it say, and
 * what is the time? Rejects with what `fetch` rejects with when there is no answer.
 */
export async function probeHost(address: InboxAddress): Promise<HostProbe> {
  const began = performance.now();
  const response = await fetch(widgetUrl(address, 'config'), {
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = (await response.json()) as Partial<WidgetConfig> & { code?: string };
  const ms = Math.round(performance.now() - began);
  if (!response.ok) return { ms, refusal: body.code ?? String(response.status) };
  return { ms, ...(body.serverTime && { serverTime: body.serverTime }) };
}
