import type { StepRunKind } from '../run-kind.ts';
import { actionStep, uniqueIds } from '../run-steps.ts';
import type { LabelCard } from './type.ts';

/** Engine side of `label`. */
export const labelRun: StepRunKind<LabelCard> = {
  kind: 'label',
  compile(card, _tools, cardId) {
    const labelIds = uniqueIds(card.labelIds);
    return actionStep(() =>
      labelIds ? { kind: 'label', cardId, labelIds: [...labelIds] } : { kind: 'label', cardId },
    );
  },
};
