import type { StepAuthorKind } from '../author-kind.ts';
import { idsField } from '../fields.ts';
import { joinNames } from '../people.ts';
import { productName } from '../words.ts';
import type { LabelCard } from './type.ts';

/** Author's side of `label`. */
export const labelAuthor: StepAuthorKind<LabelCard> = {
  kind: 'label',
  role: 'action',
  name: productName('Label Conversation'),
  fields: [idsField('labelIds', { id: 'Label', en: 'Labels' }, { of: 'labels' })],
  summary: ({ labelIds }, context) =>
    joinNames(
      labelIds.map((id) => context.nameOf('labels', id)),
      context,
    ),
};
