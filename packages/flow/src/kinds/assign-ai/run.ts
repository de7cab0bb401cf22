import type { StepRunKind } from '../run-kind.ts';
import { endStep, uniqueIds } from '../run-steps.ts';
import type { AssignAiCard } from './type.ts';

/** Engine side of `assign-ai`. */
export const assignAiRun: StepRunKind<AssignAiCard> = {
  kind: 'assign-ai',
  compile(card, _tools, cardId) {
    const aiAgentId = card.aiAgentId ?? '';
    const agentIds = uniqueIds(card.agentIds);
    return endStep(() =>
      agentIds
        ? { kind: 'assign-ai', cardId, aiAgentId, agentIds: [...agentIds] }
        : { kind: 'assign-ai', cardId },
    );
  },
};
