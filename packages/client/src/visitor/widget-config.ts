import type { WidgetConfig } from '@alur/protocol';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';

/** The configuration, or (then without `inbox`) the host's reason for not giving it. */
export type WidgetConfigAnswer = WidgetConfig | { inbox?: undefined; code?: string };

/**
 * Everything a widget needs before it knows its visitor: anonymous, cacheable, no preflight. It stands apart
 * from all other calls, and a refusal is a value, because the launcher makes it before anything else is
 * loaded. Rejects with what `fetch` rejects with when there is no answer at all.
 */
export async function fetchWidgetConfig(
  address: InboxAddress,
  signal: AbortSignal,
): Promise<WidgetConfigAnswer> {
  const response = await fetch(widgetUrl(address, 'config'), { signal, credentials: 'omit' });
  return (await response.json()) as WidgetConfigAnswer;
}
