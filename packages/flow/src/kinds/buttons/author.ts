import type { CheckContext, StepAuthorKind } from '../author-kind.ts';
import { checkWhatsAppTexts, messageFields, messageSummary } from '../message/message-fields.ts';
import { productName } from '../words.ts';
import { checkLabels } from './check-labels.ts';
import type { ButtonsCard } from './type.ts';

/** Maximum length of a WhatsApp message with buttons, in characters. */
const WHATSAPP_MAX = 1024;
/** Maximum number of buttons that WhatsApp shows without a list. */
const WHATSAPP_BUTTONS = 3;

/** Author's side of `buttons`. */
export const buttonsAuthor: StepAuthorKind<ButtonsCard> = {
  kind: 'buttons',
  role: 'buttons',
  name: productName('Message with Button'),
  fields: messageFields,
  check(card, context) {
    checkCount(card, context);
    checkLabels(card, context);
    checkWhatsAppTexts(card, WHATSAPP_MAX, context);
  },
  summary: messageSummary,
};

function checkCount({ next }: ButtonsCard, { flow, channel, report }: CheckContext): void {
  const count = next.filter((id) => flow.cards[id]?.kind === 'button').length;
  if (count === 0) {
    report({ code: 'no-button', severity: 'error', message: 'There is no button to press; add one.' });
  }
  if (channel === 'whatsapp' && count > WHATSAPP_BUTTONS) {
    report({
      code: 'whatsapp-buttons',
      severity: 'warning',
      message: `WhatsApp shows at most ${WHATSAPP_BUTTONS} buttons, and these ${count} as a list that opens on a tap.`,
      data: { count, max: WHATSAPP_BUTTONS },
    });
  }
}
