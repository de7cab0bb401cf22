import type { Card, Flow } from '../document/flow.ts';
import { cardOf, isBranch, placeOf, subtreeOf } from '../document/tree.ts';
import { edit, type Edit, put, remove, withNext } from './edit.ts';
import type { SimpleChange } from './flow-change.ts';

/**
 * Removes one step. The following cards are attached to its parent. For a `buttons` card, the path below Else
 * is kept (unless `keepElse` is false) and the paths of the buttons are removed. Returns null for the start
 * and for branches; see `deleteBranch`.
 */
export function deleteCard(flow: Flow, cardId: string, { keepElse = true } = {}): Edit | null {
  const card = cardOf(flow, cardId);
  const place = placeOf(flow, cardId);
  if (!card || !place || isBranch(card)) return null;
  const parent = flow.cards[place.parentId]!;
  const kept = card.kind === 'buttons' ? (keepElse ? elseNext(flow, card) : []) : card.next;
  const gone = without(flow, cardId, kept);
  return edit('delete-card', place.parentId, [put(place.parentId, withNext(parent, kept)), ...remove(gone)]);
}

/**
 * Removes a condition or a button with everything below it. The last condition of a fork is removed with
 * Else; `keepElse` then keeps the path below Else, attached to the parent. Returns null for other cards, Else
 * included.
 */
export function deleteBranch(flow: Flow, cardId: string, { keepElse = false } = {}): Edit | null {
  const place = placeOf(flow, cardId);
  const kind = cardOf(flow, cardId)?.kind;
  if (!place || (kind !== 'condition' && kind !== 'button')) return null;
  const { changes, next } = detachBranch(flow, cardId, keepElse);
  const near = next[place.index] ?? next[place.index - 1] ?? place.parentId;
  return edit('delete-branch', near, [...changes, ...remove(subtreeOf(flow, cardId))]);
}

/**
 * Removes a card with everything below it. For a condition or a button, like `deleteBranch`. Returns null for
 * the start and Else.
 */
export function deleteSubtree(flow: Flow, cardId: string, options: { keepElse?: boolean } = {}): Edit | null {
  const card = cardOf(flow, cardId);
  const place = placeOf(flow, cardId);
  if (!card || !place || card.kind === 'else') return null;
  if (isBranch(card)) return deleteBranch(flow, cardId, options);
  const parent = flow.cards[place.parentId]!;
  return edit('delete-subtree', place.parentId, [
    put(place.parentId, withNext(parent, [])),
    ...remove(subtreeOf(flow, cardId)),
  ]);
}

/**
 * Returns the changes that detach a branch from its parent without removing it, and the remaining children of
 * the parent.
 * @internal
 */
export function detachBranch(
  flow: Flow,
  cardId: string,
  keepElse: boolean,
): { changes: SimpleChange[]; next: string[] } {
  const { parentId, index } = placeOf(flow, cardId)!;
  const parent = flow.cards[parentId]!;
  const next = parent.next.toSpliced(index, 1);
  if (parent.kind === 'buttons' || next.length > 1) {
    return { changes: [put(parentId, withNext(parent, next))], next };
  }
  const kept = keepElse ? elseNext(flow, parent) : [];
  const elseId = parent.next.at(-1)!;
  return {
    changes: [put(parentId, withNext(parent, kept)), ...remove(without(flow, elseId, kept))],
    next: kept,
  };
}

function elseNext(flow: Flow, parent: Card): string[] {
  return cardOf(flow, parent.next.at(-1))?.next ?? [];
}

/** Returns the ids of a card and all cards below it, except for the kept ones. */
function without(flow: Flow, cardId: string, kept: readonly string[]): string[] {
  const stays = new Set(kept.flatMap((id) => subtreeOf(flow, id)));
  return subtreeOf(flow, cardId).filter((id) => !stays.has(id));
}
