import type { ConditionCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';

/** A condition without a test, or with a test of an unknown kind. Else its test decides what is shown. */
export const conditionKind: EditorKind<ConditionCard> = {
  kind: 'condition',
  tint: 'condition',
  icon: 'branch',
  name: 'Condition',
  summaryRows: (_card, { strings }) => [{ text: strings.face.custom, tone: 'muted' }],
};
