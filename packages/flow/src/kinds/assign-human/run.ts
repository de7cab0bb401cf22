import type { StepRunKind } from '../run-kind.ts';
import { endStep, uniqueIds } from '../run-steps.ts';
import type { AssignHumanCard } from './type.ts';

/** Engine side of `assign-human`. */
export const assignHumanRun: StepRunKind<AssignHumanCard> = {
  kind: 'assign-human',
  compile(card, _tools, cardId) {
    const agentIds = uniqueIds(card.agentIds);
    const teamIds = uniqueIds(card.teamIds);
    return endStep(({ input }) => {
      const skipAiReplyTo = card.skipLastAiResponse ? input.id : null;
      return agentIds && teamIds
        ? { kind: 'assign-human', cardId, agentIds: [...agentIds], teamIds: [...teamIds], skipAiReplyTo }
        : { kind: 'assign-human', cardId, skipAiReplyTo };
    });
  },
};
