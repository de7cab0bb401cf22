import type { Card } from '@alur/flow';
import { describeFace, type FaceContext } from '../../kinds/card-face.ts';
import { lookOfCard } from '../../kinds/kind-look.ts';
import type { PlacedCard } from '../../layout/flow-layout.ts';

/**
 * The cards that hold all words of a query, in reading order: in their kind, title, note, texts, and in the
 * names of what they refer to. Upper and lower case are the same. An empty query finds nothing.
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
