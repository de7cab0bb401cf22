import type { CardBase } from '../../document/card-base.ts';

/** Calls a webhook: the host sends a POST request. The public copy does not contain its URL. */
export interface WebhookCard extends CardBase {
  kind: 'webhook';
  url: string;
}
