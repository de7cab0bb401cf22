import type { Flow } from '../document/flow.ts';
import { cardOf, placeOf, subtreeOf } from '../document/tree.ts';
import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { edit, type Edit, type NewId, type Place, put, withNext } from './edit.ts';
import type { SimpleChange } from './flow-change.ts';
import { canHoldStep, insertBranch } from './insert.ts';
import { detachBranch } from './remove.ts';

/**
 * Moves a condition or a button, with everything below it, to another place. Among its siblings, `index` does
 * not count the branch itself. A condition can also move to another part of the flow. A fork that loses its
 * last condition is removed; the path below its Else is kept. Returns null for other cards, for a place below
 * the card itself, and for an invalid place.
 */
export function moveBranch(
  flow: Flow,
  cardId: string,
  place: Place,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const card = cardOf(flow, cardId);
  const from = placeOf(flow, cardId);
  const target = cardOf(flow, place.parentId);
  if (!card || !from || !target || (card.kind !== 'condition' && card.kind !== 'button')) return null;
  if (place.parentId === from.parentId) return reorder(flow, cardId, from, place.index);
  if (subtreeOf(flow, cardId).includes(place.parentId)) return null;
  const fits =
    card.kind === 'button'
      ? target.kind === 'buttons' && target.next.length <= 10
      : canHoldStep(target, kinds);
  if (!fits) return null;
  const detached = detachBranch(flow, cardId, true);
  // The target can be the Else that is removed with the fork.
  const between = applyDetached(flow, detached.changes);
  const parent = cardOf(between, place.parentId);
  if (!parent) return null;
  return edit('move-branch', cardId, [
    ...detached.changes,
    ...insertBranch(between, parent, place, cardId, card, newId),
  ]);
}

function reorder(flow: Flow, cardId: string, from: Place, index: number): Edit | null {
  const parent = flow.cards[from.parentId]!;
  const others = parent.next.filter((id) => id !== cardId);
  const at = Math.max(0, Math.min(index, others.length - 1));
  if (at === from.index) return null;
  return edit('move-branch', cardId, [put(from.parentId, withNext(parent, others.toSpliced(at, 0, cardId)))]);
}

/** Returns the document after the branch is detached. It does not parse, because the branch has no parent. */
function applyDetached(flow: Flow, changes: readonly SimpleChange[]): Flow {
  const cards = new Map(Object.entries(flow.cards));
  for (const change of changes) {
    if (change.kind === 'put-card') cards.set(change.cardId, change.card);
    else if (change.kind === 'remove-card') cards.delete(change.cardId);
  }
  return { ...flow, cards: Object.fromEntries(cards) };
}
