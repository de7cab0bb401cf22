import type { StepAuthorKind } from '../author-kind.ts';
import { idField, idsField } from '../fields.ts';
import { joinNames } from '../people.ts';
import { productName } from '../words.ts';
import type { AssignAiCard } from './type.ts';

/** Author's side of `assign-ai`. */
export const assignAiAuthor: StepAuthorKind<AssignAiCard> = {
  kind: 'assign-ai',
  role: 'end',
  name: productName('Assign to AI Agent'),
  fields: [
    idField('aiAgentId', { id: 'Agen AI', en: 'AI agent' }, { of: 'aiAgents' }),
    idsField('agentIds', { id: 'Agen manusia', en: 'Human agents' }, { of: 'agents', required: false }),
  ],
  summary({ aiAgentId, agentIds }, context) {
    const ai = joinNames(aiAgentId ? [context.nameOf('aiAgents', aiAgentId)] : [], context);
    if (agentIds.length === 0) return ai;
    const people = agentIds.map((id) => context.nameOf('agents', id));
    return `${ai}, ${{ id: 'dengan', en: 'with' }[context.locale]} ${joinNames(people, context)}`;
  },
};
