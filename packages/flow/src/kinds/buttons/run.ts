import { findAnswer } from '../../run/find-answer.ts';
import { translator } from '../../run/language.ts';
import type { ButtonCard } from '../button/type.ts';
import { compileContent } from '../message/content.ts';
import type { StepRunKind } from '../run-kind.ts';
import type { ButtonsCard } from './type.ts';

/** Engine side of `buttons`. */
export const buttonsRun: StepRunKind<ButtonsCard> = {
  kind: 'buttons',
  compile(card, tools, cardId) {
    const content = compileContent(card);
    const buttons = card.next.flatMap((id) => {
      const child = tools.card(id);
      return child?.kind === 'button' ? [{ id, ...compileLabel(child as ButtonCard) }] : [];
    });
    const elseId = card.next.find((id) => tools.card(id)?.kind === 'else') ?? '';
    return {
      enter({ facts, effects }) {
        effects.push({
          kind: 'send-buttons',
          cardId,
          ...content(facts),
          buttons: buttons.map(({ id, labelIn }) => ({ id, label: labelIn(facts.visitor?.language) })),
        });
        return 'wait';
      },
      answer(input, facts) {
        if (input.kind === 'press') {
          const isOffered = input.cardId === cardId && buttons.some(({ id }) => id === input.buttonId);
          return isOffered ? input.buttonId : null;
        }
        const shownLabels = buttons.map(({ labelIn }) => labelIn(facts.visitor?.language));
        const allLabels = buttons.map(({ labels }) => labels);
        return buttons[findAnswer(shownLabels, input.text, allLabels)]?.id ?? elseId;
      },
    };
  },
};

/** Compiles a button's label: in the visitor's language, and in all languages. */
function compileLabel({ label, labels }: ButtonCard) {
  return { labelIn: translator(label, labels), labels: [label, ...Object.values(labels ?? {})] };
}
