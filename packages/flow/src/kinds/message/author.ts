import type { StepAuthorKind } from '../author-kind.ts';
import { productName } from '../words.ts';
import { checkWhatsAppTexts, messageFields, messageSummary } from './message-fields.ts';
import type { MessageCard } from './type.ts';

/** Maximum length of a WhatsApp text message, in characters. */
const WHATSAPP_MAX = 4096;

/** Author's side of `message`. */
export const messageAuthor: StepAuthorKind<MessageCard> = {
  kind: 'message',
  role: 'action',
  name: productName('Send Message'),
  fields: messageFields,
  check: (card, context) => checkWhatsAppTexts(card, WHATSAPP_MAX, context),
  summary: messageSummary,
};
