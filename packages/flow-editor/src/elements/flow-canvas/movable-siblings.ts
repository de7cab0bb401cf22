import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';

/**
 * Returns the branches among which a card can be dragged. Null if the card cannot be moved. Else is always
 * the last branch.
 */
export function movableSiblings({ byId }: FlowLayout, cardId: string): PlacedCard[] | null {
  const placed = byId.get(cardId);
  const kind = placed?.card.kind;
  if (!placed?.parentId || (kind !== 'condition' && kind !== 'button')) return null;
  const ids = byId.get(placed.parentId)!.card.next.slice(0, -1);
  return ids.length > 1 ? ids.map((id) => byId.get(id)!) : null;
}
