import { isBlank } from '../../run/is-blank.ts';
import type { StepAuthorKind } from '../author-kind.ts';
import { urlField } from '../fields.ts';
import { productName, quoted, unset } from '../words.ts';
import type { WebhookCard } from './type.ts';

/** Author's side of `webhook`. */
export const webhookAuthor: StepAuthorKind<WebhookCard> = {
  kind: 'webhook',
  role: 'action',
  name: productName('Webhook'),
  fields: [urlField('url', { id: 'Alamat', en: 'Address' }, { protocols: ['http:', 'https:'] })],
  summary: ({ url }, { locale }) => (isBlank(url) ? unset[locale] : quoted(url)),
};
