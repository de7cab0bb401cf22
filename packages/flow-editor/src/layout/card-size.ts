import type { Card, TimeTest } from '@alur/flow';
import type { Size } from './viewport.ts';

/** Every card is this wide, in units of the plane. */
export const CARD_WIDTH = 264;

/** The height of a card's coloured head. */
export const HEAD_HEIGHT = 32;

/** The height of one row of a card's body. */
export const ROW_HEIGHT = 20;

/** What surrounds the rows: the head, and 10 units above and below. */
const FRAME_HEIGHT = HEAD_HEIGHT + 20;

/**
 * From this many characters on, a text gets two rows. A wrong guess costs an ellipsis or an empty row, no
 * jump.
 */
const LONG_TEXT = 38;

/** The size of the spot that stands where a path is unfinished. */
export const OPEN_SPOT: Size = { width: CARD_WIDTH, height: 44 };

/**
 * The number of rows in a card's body. It depends on the document alone, never on names that load later or on
 * what a browser would measure, so that a flow is laid out once and stays.
 */
export function countCardRows(card: Card): number {
  return (card.title ? 1 : 0) + countContentRows(card);
}

/** The size of a card on the plane. */
export function measureCard(card: Card): Size {
  return { width: CARD_WIDTH, height: FRAME_HEIGHT + countCardRows(card) * ROW_HEIGHT };
}

/** 2 for a text that will not fit one row, else 1. */
export function countTextRows(text: string): 1 | 2 {
  return text.length > LONG_TEXT || text.includes('\n') ? 2 : 1;
}

/** The rows for a list of keywords, with its verb and its quotation marks. */
export function countKeywordRows(keywords: readonly string[]): 1 | 2 {
  return countTextRows(`contains  ${keywords.map((keyword) => `“${keyword}”`).join(', ')}`);
}

/** The rows for the windows of a time test: one for one, two for several. */
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
