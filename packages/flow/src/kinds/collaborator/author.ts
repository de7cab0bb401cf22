import type { StepAuthorKind } from '../author-kind.ts';
import { checkPeople, joinNames, peopleFields, peopleNames } from '../people.ts';
import { productName } from '../words.ts';
import type { CollaboratorCard } from './type.ts';

/** Author's side of `collaborator`. */
export const collaboratorAuthor: StepAuthorKind<CollaboratorCard> = {
  kind: 'collaborator',
  role: 'action',
  name: productName('Add Collaborator'),
  fields: peopleFields(),
  check: checkPeople,
  summary: (card, context) => joinNames(peopleNames(card, context), context),
};
