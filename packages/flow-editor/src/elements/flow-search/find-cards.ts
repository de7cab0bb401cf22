import type { Card } from '@alur/flow';
import type { SummaryContext } from '../../kinds/editor-kind.ts';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { PlacedCard } from '../../layout/flow-layout.ts';

/**
 * Returns the cards that contain all words of a query, in reading order. Searches kind, title, note, texts
 * and the names of directory entries. Case-insensitive. An empty query finds no cards.
 */
export function findCards(
  query: string,
  order: readonly PlacedCard[],
  context: SummaryContext,
): PlacedCard[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return order.filter(({ card }) => {
    const text = textOf(card, context).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function textOf(card: Card, context: SummaryContext): string {
  const rows = listSummaryRows(card, context).map((row) => row.text);
  return [appearanceOfCard(card, context.kinds).name, card.note ?? '', ...rows].join('\n');
}
