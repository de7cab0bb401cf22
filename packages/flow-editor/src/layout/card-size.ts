import type { Card } from '@alur/flow';
import type { EditorKinds } from '../kinds/editor-kind.ts';
import { countCardRows } from '../kinds/summary-rows.ts';
import type { Size } from './viewport.ts';

/** Width of a card, in units of the canvas content. */
export const CARD_WIDTH = 264;

/** Height of a card's colored header. */
export const HEAD_HEIGHT = 32;

/** Height of a row of a card's body. */
export const ROW_HEIGHT = 20;

/** Height around the rows: the header, and 10 units above and below. */
const FRAME_HEIGHT = HEAD_HEIGHT + 20;

/** Size of the placeholder at an unfinished path. */
export const OPEN_INSERT_POINT: Size = { width: CARD_WIDTH, height: 44 };

/** Returns the size of a card. */
export function measureCard(card: Card, kinds: EditorKinds): Size {
  return { width: CARD_WIDTH, height: FRAME_HEIGHT + countCardRows(card, kinds) * ROW_HEIGHT };
}
