import type { FlowLayout, PlacedCard } from './flow-layout.ts';

/** Direction of an arrow key on the canvas. */
export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * Returns the card that an arrow key selects. Up: the parent. Down: the child nearest the centre. Left and
 * right: the sibling, or, at the end of the siblings, the nearest card at the same depth.
 */
export function findNeighbour(layout: FlowLayout, cardId: string, direction: Direction): string | null {
  const card = layout.byId.get(cardId);
  if (!card) return null;
  if (direction === 'up') return card.parentId;
  if (direction === 'down') return card.card.next[Math.floor((card.card.next.length - 1) / 2)] ?? null;
  const step = direction === 'left' ? -1 : 1;
  const siblings = card.parentId ? layout.byId.get(card.parentId)!.card.next : [cardId];
  return siblings[card.index + step] ?? findCousin(layout, card, step);
}

function findCousin(layout: FlowLayout, card: PlacedCard, step: -1 | 1): string | null {
  let best: PlacedCard | null = null;
  for (const other of layout.order) {
    if (other.depth !== card.depth || (other.x - card.x) * step <= 0) continue;
    if (!best || Math.abs(other.x - card.x) < Math.abs(best.x - card.x)) best = other;
  }
  return best?.id ?? null;
}
