import type { Card, TimeTest } from '@alur/flow';
import type { Size } from './viewport.ts';

/** Width of a card, in units of the canvas content. */
export const CARD_WIDTH = 264;

/** Height of a card's colored header. */
export const HEAD_HEIGHT = 32;

/** Height of a row of a card's body. */
export const ROW_HEIGHT = 20;

/** Height around the rows: the header, and 10 units above and below. */
const FRAME_HEIGHT = HEAD_HEIGHT + 20;

/**
 * Number of characters from which a text gets two rows. A wrong estimate causes an ellipsis or an empty row,
 * but no layout shift.
 */
const LONG_TEXT = 38;

/** Size of the placeholder at an unfinished path. */
export const OPEN_INSERT_POINT: Size = { width: CARD_WIDTH, height: 44 };

/**
 * Returns the number of rows in a card's body. It depends only on the document, not on names that load later
 * or on browser measurements, so that the layout is stable.
 */
export function countCardRows(card: Card): number {
  return (card.title ? 1 : 0) + countContentRows(card);
}

/** Returns the size of a card. */
export function measureCard(card: Card): Size {
  return { width: CARD_WIDTH, height: FRAME_HEIGHT + countCardRows(card) * ROW_HEIGHT };
}

/** Returns 2 for a text that does not fit one row, else 1. */
export function countTextRows(text: string): 1 | 2 {
  return text.length > LONG_TEXT || text.includes('\n') ? 2 : 1;
}

/** Returns the number of rows for a list of keywords, including its verb and quotation marks. */
export function countKeywordRows(keywords: readonly string[]): 1 | 2 {
  return countTextRows(`contains  ${keywords.map((keyword) => `“${keyword}”`).join(', ')}`);
}

/** Returns the number of rows for the windows of a time test: one for one, two for several. */
export function countWindowRows(windows: readonly unknown[]): 1 | 2 {
  return windows.length > 1 ? 2 : 1;
}

function countContentRows(card: Card): number {
  switch (card.kind) {
    case 'condition': {
      const { test } = card;
      if (test?.kind === 'first-message-time') return 1 + countWindowRows((test as TimeTest).windows);
      if (test?.kind === 'first-message-text') return countKeywordRows(test.keywords as string[]);
      return 1;
    }
    case 'message':
    case 'buttons':
      return countTextRows(card.text);
    case 'assign-ai':
      return card.agentIds.length > 0 ? 2 : 1;
    case 'assign-human':
      return card.skipLastAiResponse ? 2 : 1;
    default:
      return 1;
  }
}
