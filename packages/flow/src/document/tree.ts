import type { Card, Flow } from './flow.ts';

/** A card by id, or undefined; never something that every object has. */
export function cardOf(flow: Flow, cardId: string | null | undefined): Card | undefined {
  return cardId && Object.hasOwn(flow.cards, cardId) ? flow.cards[cardId] : undefined;
}

/** Id of the start card. */
export function startOf(flow: Flow): string {
  return Object.keys(flow.cards).find((id) => flow.cards[id]!.kind === 'start') ?? '';
}

/** The parent of every card that has one. */
export function parentsOf(flow: Flow): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, { next }] of Object.entries(flow.cards)) for (const child of next) parents.set(child, id);
  return parents;
}

/** Where a card hangs, or null for the start. */
export function placeOf(flow: Flow, cardId: string): { parentId: string; index: number } | null {
  for (const [parentId, { next }] of Object.entries(flow.cards)) {
    const index = next.indexOf(cardId);
    if (index >= 0) return { parentId, index };
  }
  return null;
}

/** A card and everything below it, parents first and from left to right. */
export function subtreeOf(flow: Flow, rootId: string): string[] {
  const found: string[] = [];
  const waiting = cardOf(flow, rootId) ? [rootId] : [];
  while (waiting.length > 0) {
    const id = waiting.pop()!;
    found.push(id);
    waiting.push(...flow.cards[id]!.next.toReversed());
  }
  return found;
}

/** `condition`, `else` or `button`: a card that stands beside others. */
export function isBranch(card: Card | undefined): boolean {
  return card?.kind === 'condition' || card?.kind === 'else' || card?.kind === 'button';
}

/** A card after which nothing comes. */
export function isClosed(card: Card | undefined): boolean {
  return card?.kind === 'jump' || card?.kind === 'assign-ai' || card?.kind === 'assign-human';
}

/** Whether conditions follow a card. */
export function hasFork(flow: Flow, card: Card): boolean {
  return cardOf(flow, card.next[0])?.kind === 'condition';
}
