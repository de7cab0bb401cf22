import type { StepAuthorKind } from '../author-kind.ts';
import { booleanField } from '../fields.ts';
import { checkMembers, checkPeople, joinNames, peopleFields, peopleNames } from '../people.ts';
import { productName } from '../words.ts';
import type { AssignHumanCard } from './type.ts';

const skip = productName('Skip Last AI Agent Response');

/** Author's side of `assign-human`. */
export const assignHumanAuthor: StepAuthorKind<AssignHumanCard> = {
  kind: 'assign-human',
  role: 'end',
  name: productName('Assign to Human Agent'),
  fields: [...peopleFields(), booleanField('skipLastAiResponse', skip, { required: false, isPublic: true })],
  check(card, context) {
    checkPeople(card, context);
    checkMembers(card, context);
  },
  summary(card, context) {
    const people = joinNames(peopleNames(card, context), context);
    return card.skipLastAiResponse ? `${people}, ${skip[context.locale]}` : people;
  },
};
