import {
  copySubtree,
  deleteBranch,
  deleteCard,
  duplicateSubtree,
  insertButton,
  insertCondition,
  insertStep,
  moveBranch,
  newCard,
  newTest,
  pasteSubtree,
  replaceFlow as replaceDocument,
  updateCard,
  updateFlow,
  type Card,
  type CardClip,
  type Edit,
  type Flow,
  type FlowChange,
  type FlowTest,
} from '@alur/flow';
import type { EditorKinds } from '../kinds/editor-kind.ts';

/*
 * Edits of the editor, built with the editing functions of the engine. Every document change of this package
 * is created here.
 */

/** Effects of a deletion. */
export interface DeletePlan {
  change: FlowChange;
  /** Number of deleted cards, including this one. */
  count: number;
  /** Number of remaining jumps that lose their target. */
  jumps: number;
  /** Whether the fork is removed: its Else is deleted, the cards below Else stay. */
  takesElse: boolean;
}

/** Returns a new card id with 80 random bits, so that ids of concurrent editors do not collide. */
export function newCardId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `card_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Adds a step, a condition (by the kind of its test) or a button below a card. Returns null if it is not
 * valid there.
 */
export function addBelow(flow: Flow, parentId: string, kind: string, kinds: EditorKinds): Edit | null {
  const { author } = kinds;
  const place = { parentId, index: Infinity };
  if (kind === 'button') return insertButton(flow, place, '', newCardId);
  const test = kinds.tests.get(kind);
  if (test) {
    return insertCondition(
      flow,
      place,
      { ...newTest(kind, author), ...test.blank?.() } as FlowTest,
      newCardId,
      author,
    );
  }
  const blank = kinds.steps.get(kind)?.blank?.();
  return insertStep(flow, place, { ...newCard(kind, author), ...blank } as Card, newCardId, author);
}

/** Sets fields of a card; undefined removes a field. */
export function setFields(flow: Flow, cardId: string, fields: Record<string, unknown>): FlowChange | null {
  return updateCard(flow, cardId, fields)?.change ?? null;
}

/** Renames the flow. */
export function renameFlow(flow: Flow, name: string): FlowChange {
  return updateFlow(flow, { name }).change;
}

/** Sets the flow's time zone. */
export function setTimeZone(flow: Flow, timeZone: string): FlowChange {
  return updateFlow(flow, { timeZone }).change;
}

/** Returns the change that turns the document into another version. */
export function replaceFlow(flow: Flow, other: Flow): FlowChange {
  return replaceDocument(flow, other).change;
}

/**
 * Returns the effects of deleting a card: a step alone, a branch with everything below it. Null for start and
 * Else.
 */
export function planDelete(flow: Flow, cardId: string): DeletePlan | null {
  const edit = deleteCard(flow, cardId) ?? deleteBranch(flow, cardId, { keepElse: true });
  if (!edit || edit.change.kind !== 'group') return null;
  const removed = new Set(
    edit.change.changes.flatMap((change) => (change.kind === 'remove-card' ? [change.cardId] : [])),
  );
  const jumps = Object.entries(flow.cards).filter(
    ([id, card]) =>
      !removed.has(id) && card.kind === 'jump' && card.to !== null && removed.has(card.to as string),
  );
  const isCondition = flow.cards[cardId]?.kind === 'condition';
  const parent = Object.values(flow.cards).find(({ next }) => next.includes(cardId));
  return {
    change: edit.change,
    count: removed.size,
    jumps: jumps.length,
    takesElse: isCondition && parent?.next.length === 2,
  };
}

/** Moves a branch one position to the left or right. Returns null for other cards, and at the edge. */
export function moveCard(
  flow: Flow,
  cardId: string,
  step: -1 | 1,
  { author }: EditorKinds,
): FlowChange | null {
  for (const [parentId, { next }] of Object.entries(flow.cards)) {
    const index = next.indexOf(cardId);
    if (index >= 0)
      return moveBranch(flow, cardId, { parentId, index: index + step }, newCardId, author)?.change ?? null;
  }
  return null;
}

/** Moves a branch to an index among its other siblings. Returns null if it does not move. */
export function moveTo(
  flow: Flow,
  cardId: string,
  index: number,
  { author }: EditorKinds,
): FlowChange | null {
  const parent = Object.entries(flow.cards).find(([, { next }]) => next.includes(cardId));
  return parent
    ? (moveBranch(flow, cardId, { parentId: parent[0], index }, newCardId, author)?.change ?? null)
    : null;
}

/** Duplicates a card. Returns null if that is not possible. */
export function duplicate(flow: Flow, cardId: string, { author }: EditorKinds): Edit | null {
  return duplicateSubtree(flow, cardId, newCardId, author);
}

/** Copies a card with everything below it, for the clipboard. Returns null for start and Else. */
export function copyCards(flow: Flow, cardId: string): CardClip | null {
  return copySubtree(flow, cardId);
}

/**
 * Pastes copied cards at a card: a branch beside a branch, a step below the card. Tries the other place if
 * that one is not valid. Returns null if neither is.
 */
export function paste(flow: Flow, cardId: string, clip: CardClip, { author }: EditorKinds): Edit | null {
  const below = () => pasteSubtree(flow, { parentId: cardId, index: Infinity }, clip, newCardId, author);
  const beside = () => {
    const place = placeBeside(flow, cardId);
    return place && pasteSubtree(flow, place, clip, newCardId, author);
  };
  const areBranches = isBranchKind(clip.cards[clip.rootId]?.kind) && isBranchKind(flow.cards[cardId]?.kind);
  return areBranches ? (beside() ?? below()) : (below() ?? beside());
}

/**
 * Returns the place to the right of a card. For an Else, which is always the last branch, the place to its
 * left.
 */
function placeBeside(flow: Flow, cardId: string): { parentId: string; index: number } | null {
  const parent = Object.entries(flow.cards).find(([, { next }]) => next.includes(cardId));
  if (!parent) return null;
  const [parentId, { next }] = parent;
  const index = next.indexOf(cardId);
  return { parentId, index: flow.cards[cardId]!.kind === 'else' ? index : index + 1 };
}

function isBranchKind(kind: string | undefined): boolean {
  return kind === 'condition' || kind === 'button' || kind === 'else';
}
