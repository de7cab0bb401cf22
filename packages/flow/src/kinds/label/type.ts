import type { CardBase } from '../../document/card-base.ts';

/** Adds labels to the conversation. */
export interface LabelCard extends CardBase {
  kind: 'label';
  labelIds: string[];
}
