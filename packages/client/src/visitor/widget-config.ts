import type { WidgetConfig } from '@alur/protocol';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';

/** The configuration, or the host's error code (then without `inbox`). */
export type WidgetConfigAnswer = WidgetConfig | { inbox?: undefined; code?: string };

/**
 * Fetches what a widget needs before it knows its visitor: anonymous, cacheable, without a preflight.
 * Separate from all other calls, because the launcher uses it before anything else is loaded; for the same
 * reason a refusal is a value. Rejects with the error of `fetch` when there is no response.
 */
export async function fetchWidgetConfig(
  address: InboxAddress,
  signal: AbortSignal,
): Promise<WidgetConfigAnswer> {
  const response = await fetch(widgetUrl(address, 'config'), { signal, credentials: 'omit' });
  return (await response.json()) as WidgetConfigAnswer;
}
