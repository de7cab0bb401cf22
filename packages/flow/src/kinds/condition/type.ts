import type { CardBase } from '../../document/card-base.ts';
import type { FlowTest } from '../test-types.ts';

/** Branch of a fork that is taken if its test matches. `test: null` means not chosen yet. */
export interface ConditionCard extends CardBase {
  kind: 'condition';
  test: FlowTest | null;
}
