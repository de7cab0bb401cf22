import type { StepRunKind } from '../run-kind.ts';
import { actionStep, uniqueIds } from '../run-steps.ts';
import type { CollaboratorCard } from './type.ts';

/** Engine side of `collaborator`. */
export const collaboratorRun: StepRunKind<CollaboratorCard> = {
  kind: 'collaborator',
  compile(card, _tools, cardId) {
    const agentIds = uniqueIds(card.agentIds);
    const teamIds = uniqueIds(card.teamIds);
    return actionStep(() =>
      agentIds && teamIds
        ? { kind: 'collaborator', cardId, agentIds: [...agentIds], teamIds: [...teamIds] }
        : { kind: 'collaborator', cardId },
    );
  },
};
