import type { Card } from '@alur/flow';
import { describeFace, type FaceContext } from '../../kinds/card-face.ts';
import { lookOfCard } from '../../kinds/kind-look.ts';
import type { PlacedCard } from '../../layout/flow-layout.ts';

/**
 * Returns the cards that contain all words of a query, in reading order. Searches kind, title, note, texts
 * and the names of directory entries. Case-insensitive. An empty query finds no cards.
 */
export function findCards(query: string, order: readonly PlacedCard[], context: FaceContext): PlacedCard[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return order.filter(({ card }) => {
    const text = textOf(card, context).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function textOf(card: Card, context: FaceContext): string {
  const rows = describeFace(card, context).map((row) => row.text);
  return [lookOfCard(card).name, card.note ?? '', ...rows].join('\n');
}
