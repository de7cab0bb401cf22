import type { AssignAiCard, AssignHumanCard } from '../document/flow.ts';
import { checkMembers, checkPeople, names, peopleFields, peopleNames } from './actions.ts';
import type { StepAuthorKind } from './author-kind.ts';
import { booleanField, idField, idsField } from './fields.ts';
import { productName } from './words.ts';

const skip = productName('Skip Last AI Agent Response');

/** Kinds of ends, which assign the conversation. */
export const endAuthors: StepAuthorKind[] = [
  {
    kind: 'assign-ai',
    role: 'end',
    name: productName('Assign to AI Agent'),
    fields: [
      idField('aiAgentId', { id: 'Agen AI', en: 'AI agent' }, { of: 'aiAgents' }),
      idsField('agentIds', { id: 'Agen manusia', en: 'Human agents' }, { of: 'agents', required: false }),
    ],
    summary: (card, context) => {
      const { aiAgentId, agentIds } = card as AssignAiCard;
      const ai = names(aiAgentId ? [context.nameOf('aiAgents', aiAgentId)] : [], context);
      if (agentIds.length === 0) return ai;
      const people = agentIds.map((id) => context.nameOf('agents', id));
      return `${ai}, ${{ id: 'dengan', en: 'with' }[context.locale]} ${names(people, context)}`;
    },
  },
  {
    kind: 'assign-human',
    role: 'end',
    name: productName('Assign to Human Agent'),
    fields: [
      ...peopleFields(),
      booleanField('skipLastAiResponse', skip, {
        required: false,
        isPublic: true,
      }),
    ],
    check(card, context) {
      checkPeople(card as AssignHumanCard, context);
      checkMembers(card as AssignHumanCard, context);
    },
    summary(card, context) {
      const people = names(peopleNames(card as AssignHumanCard, context), context);
      return (card as AssignHumanCard).skipLastAiResponse ? `${people}, ${skip[context.locale]}` : people;
    },
  },
];
