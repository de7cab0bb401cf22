import type { AuthorKinds } from '../kinds/author-kind.ts';
import type { Card, Flow } from './flow.ts';

/** Returns a card by id, or undefined. Ignores inherited properties such as `constructor`. */
export function cardOf(flow: Flow, cardId: string | null | undefined): Card | undefined {
  return cardId && Object.hasOwn(flow.cards, cardId) ? flow.cards[cardId] : undefined;
}

/** Returns the id of the start card. */
export function startOf(flow: Flow): string {
  return Object.keys(flow.cards).find((id) => flow.cards[id]!.kind === 'start') ?? '';
}

/** Returns the parent of each card, except for cards without a parent. */
export function parentsOf(flow: Flow): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, { next }] of Object.entries(flow.cards)) for (const child of next) parents.set(child, id);
  return parents;
}

/** Returns the parent and index of a card, or null for the start. */
export function placeOf(flow: Flow, cardId: string): { parentId: string; index: number } | null {
  for (const [parentId, { next }] of Object.entries(flow.cards)) {
    const index = next.indexOf(cardId);
    if (index >= 0) return { parentId, index };
  }
  return null;
}

/** Returns the ids of a card and all cards below it, parents first, left to right. */
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

/** Returns whether a card is a branch: `condition`, `else` or `button`. */
export function isBranch(card: Card | undefined): boolean {
  return card?.kind === 'condition' || card?.kind === 'else' || card?.kind === 'button';
}

/** Returns whether no card can follow a card: a jump, or an end of any kind. */
export function isClosed(card: { kind: string } | undefined, kinds: AuthorKinds): boolean {
  const role = card && kinds.steps.get(card.kind)?.role;
  return role === 'jump' || role === 'end';
}

/** Returns whether conditions follow a card. */
export function hasFork(flow: Flow, card: Card): boolean {
  return cardOf(flow, card.next[0])?.kind === 'condition';
}
