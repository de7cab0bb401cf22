import type { WebhookCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { filled } from './summary-text.ts';

export const webhookKind: EditorKind<WebhookCard> = {
  kind: 'webhook',
  tint: 'action',
  icon: 'webhook',
  name: 'Webhook',
  group: 'action',
  searchWords: 'tindakan aksi sistem integrasi api url kirim data crm',
  summaryRows: ({ url }, { strings }) => [filled(url.replace(/^https?:\/\//, ''), strings.face.noUrl)],
  hints: ({ webhookHint }) => ({ url: webhookHint }),
};
