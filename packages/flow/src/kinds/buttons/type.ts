import type { CardBase } from '../../document/card-base.ts';
import type { MessageContent } from '../message/type.ts';

/**
 * Sends a message with 1..10 buttons and waits for the visitor. Children: `button` cards, then one `else`.
 */
export interface ButtonsCard extends CardBase, MessageContent {
  kind: 'buttons';
}
