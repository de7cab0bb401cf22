import type { StepAuthorKind } from '../author-kind.ts';
import { testField } from '../fields.ts';
import { productName, unset } from '../words.ts';
import type { ConditionCard } from './type.ts';

/** Author's side of `condition`. */
export const conditionAuthor: StepAuthorKind<ConditionCard> = {
  kind: 'condition',
  role: 'branch',
  name: productName('Condition'),
  fields: [testField('test', { id: 'Syarat', en: 'Test' }, { isPublic: true })],
  // `describeCard` uses the summary of the test. This text is for a condition without a test.
  summary: ({ test }, { locale }) => (test ? '' : unset[locale]),
};
