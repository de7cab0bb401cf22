import type { CardBase } from '../../document/card-base.ts';

/** First card of every session. A flow has exactly one. */
export interface StartCard extends CardBase {
  kind: 'start';
}
