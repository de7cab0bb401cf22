import type { Card, Flow } from '../document/flow.ts';
import { cardOf, isBranch, isClosed, placeOf, subtreeOf } from '../document/tree.ts';
import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { edit, type Edit, type NewId, type Place, put, withNext } from './edit.ts';
import { canHoldStep, insertBranch } from './insert.ts';

/** Copied card with all cards below it, independent of a flow. Plain JSON. */
export interface CardClip {
  rootId: string;
  cards: Record<string, Card>;
}

/**
 * Copies a card and all cards below it for `pasteSubtree`. Returns null for the start and for Else, which
 * cannot be pasted.
 */
export function copySubtree(flow: Flow, cardId: string): CardClip | null {
  const card = cardOf(flow, cardId);
  if (!card || card.kind === 'start' || card.kind === 'else') return null;
  return {
    rootId: cardId,
    cards: Object.fromEntries(subtreeOf(flow, cardId).map((id) => [id, flow.cards[id]!])),
  };
}

/**
 * Pastes copied cards below a card, with new ids. Jumps within the copy lead to the copied cards; other jumps
 * keep their target. A condition or a button is inserted among its siblings at `index`. A step is inserted
 * before the existing cards, which follow the last open end of the copy, along Else. Returns null if the
 * cards are not valid at the place, or if the copy has no open end for the existing cards.
 */
export function pasteSubtree(
  flow: Flow,
  place: Place,
  clip: CardClip,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const parent = cardOf(flow, place.parentId);
  const fresh = renamed(clip, newId);
  const root = fresh?.cards.get(fresh.rootId);
  if (!parent || !fresh || !root || root.kind === 'start' || root.kind === 'else') return null;
  const fits =
    root.kind === 'button'
      ? parent.kind === 'buttons' && parent.next.length <= 10
      : canHoldStep(parent, kinds);
  if (!fits) return null;
  const below = [...fresh.cards].filter(([id]) => id !== fresh.rootId);
  if (isBranch(root)) {
    const changes = insertBranch(flow, parent, place, fresh.rootId, root, newId);
    return edit('paste', fresh.rootId, [...below.map(([id, card]) => put(id, card)), ...changes]);
  }
  if (parent.next.length > 0) {
    const openId = openEnd(fresh.cards, fresh.rootId, kinds);
    if (openId === null) return null;
    fresh.cards.set(openId, withNext(fresh.cards.get(openId)!, parent.next));
  }
  return edit('paste', fresh.rootId, [
    ...[...fresh.cards].map(([id, card]) => put(id, card)),
    put(place.parentId, withNext(parent, [fresh.rootId])),
  ]);
}

/**
 * Duplicates a card. A condition or a button is copied with everything below it, to its right; an action
 * alone, below itself. Returns null for other cards; use copy and paste for them.
 */
export function duplicateSubtree(
  flow: Flow,
  cardId: string,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const card = cardOf(flow, cardId);
  const place = placeOf(flow, cardId);
  if (!card || !place || card.kind === 'else' || card.kind === 'buttons') return null;
  if (isClosed(card, kinds)) return null;
  const made = isBranch(card)
    ? pasteSubtree(flow, { ...place, index: place.index + 1 }, copySubtree(flow, cardId)!, newId, kinds)
    : pasteSubtree(
        flow,
        { parentId: cardId, index: 0 },
        { rootId: cardId, cards: { [cardId]: withNext(card, []) } },
        newId,
        kinds,
      );
  return made && { ...made, change: { ...made.change, what: 'duplicate' } as Edit['change'] };
}

/** Returns the cards with new ids. Null if they are not one complete tree. */
function renamed(
  { rootId, cards }: CardClip,
  newId: NewId,
): { rootId: string; cards: Map<string, Card> } | null {
  const ids = new Map(Object.keys(cards).map((id) => [id, newId()]));
  const fresh = new Map<string, Card>();
  for (const [id, card] of Object.entries(cards)) {
    if (!Array.isArray(card?.next) || !card.next.every((child) => ids.has(child))) return null;
    const next = card.next.map((child) => ids.get(child)!);
    const copy = { ...structuredClone(card), next };
    if (copy.kind === 'jump' && copy.to) copy.to = ids.get(copy.to) ?? copy.to;
    fresh.set(ids.get(id)!, copy);
  }
  return ids.has(rootId) ? { rootId: ids.get(rootId)!, cards: fresh } : null;
}

/** Returns the card at the end of the path along steps and Else branches, if a card can follow it. */
function openEnd(cards: Map<string, Card>, rootId: string, kinds: AuthorKinds): string | null {
  let id = rootId;
  for (let steps = 0; steps <= cards.size; steps++) {
    const card = cards.get(id)!;
    if (isClosed(card, kinds)) return null;
    if (card.next.length === 0) return card.kind === 'buttons' ? null : id;
    id = card.next.at(-1)!;
  }
  return null;
}
