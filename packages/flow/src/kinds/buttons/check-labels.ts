import { buttonNumber } from '../../run/find-answer.ts';
import { translate } from '../../run/language.ts';
import { normalize } from '../../run/normalize.ts';
import type { CheckContext } from '../author-kind.ts';
import type { ButtonCard } from '../button/type.ts';
import type { ButtonsCard } from './type.ts';

interface Button {
  id: string;
  card: ButtonCard;
}

/**
 * Reports labels that fold to the same text in one language, and labels that look like the number of another
 * button.
 */
export function checkLabels({ next }: ButtonsCard, context: CheckContext): void {
  const buttons = next.flatMap((id): Button[] => {
    const card = context.flow.cards[id];
    return card?.kind === 'button' ? [{ id, card: card as ButtonCard }] : [];
  });
  checkDuplicates(buttons, context);
  checkNumbers(buttons, context);
}

function checkDuplicates(buttons: readonly Button[], { report }: CheckContext): void {
  const languages = new Set(buttons.flatMap(({ card }) => Object.keys(card.labels ?? {})));
  const reported = new Set<string>();
  for (const language of [undefined, ...[...languages].sort()]) {
    const firstWith = new Map<string, string>();
    for (const { id, card } of buttons) {
      const translation = translate(null, card.labels, language);
      const text = translation ?? card.label;
      const label = normalize(text);
      const other = label ? firstWith.get(label) : undefined;
      if (other === undefined) firstWith.set(label, id);
      // A pair without labels in a language has the same conflict in that language. Report it once.
      else if (!reported.has(`${id} ${text}`)) {
        reported.add(`${id} ${text}`);
        report({
          code: 'duplicate-button',
          severity: 'error',
          cardId: id,
          field: translation === null ? 'label' : `labels/${languageOf(card, text)}`,
          message: `"${text}" is the label of another button too; give each its own.`,
          data: { with: other, ...(language !== undefined && { language }) },
        });
      }
    }
  }
}

function checkNumbers(buttons: readonly Button[], { report }: CheckContext): void {
  for (const { id, card } of buttons) {
    checkNumber(id, 'label', card.label);
    for (const [language, label] of Object.entries(card.labels ?? {}))
      checkNumber(id, `labels/${language}`, label);
  }

  function checkNumber(cardId: string, field: string, label: string): void {
    if (!isNumber(label)) return;
    report({
      code: 'number-label',
      severity: 'warning',
      cardId,
      field,
      message:
        'This label is a number: a visitor who types it to choose by position gets this button instead.',
    });
  }
}

function languageOf({ labels }: ButtonCard, text: string): string | undefined {
  return Object.keys(labels ?? {}).find((language) => labels![language] === text);
}

function isNumber(label: string): boolean {
  const folded = normalize(label);
  return /^\d+$/.test(folded) || buttonNumber(folded) > 0;
}
