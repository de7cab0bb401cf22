import type { ButtonCard, Card, ConditionCard, Flow, FlowTest } from '../document/flow.ts';
import { cardOf, hasFork, isBranch, isClosed } from '../document/tree.ts';
import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { edit, type Edit, type NewId, type Place, put, withNext } from './edit.ts';

/**
 * Inserts a step below a card. Existing cards follow the step; below a `buttons` card they follow its Else.
 * Returns null if the step is not valid there: among buttons, below an end, or, for an end or a jump, if a
 * card follows.
 */
export function insertStep(
  flow: Flow,
  { parentId }: Place,
  card: Card,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const parent = cardOf(flow, parentId);
  const rest = parent?.next ?? [];
  if (!canHoldStep(parent, kinds) || isBranch(card) || card.kind === 'start') return null;
  if (isClosed(card, kinds) && rest.length > 0) return null;
  const cardId = newId();
  const below: [string, Card][] = [];
  let next = rest;
  if (card.kind === 'buttons') {
    const elseId = newId();
    below.push([elseId, { kind: 'else', next: rest }]);
    next = [elseId];
  }
  return edit('insert-step', cardId, [
    ...below.map(([id, child]) => put(id, child)),
    put(cardId, withNext(card, next)),
    put(parentId, withNext(parent, [cardId])),
  ]);
}

/**
 * Inserts a condition below a card. In an existing fork it is inserted at `index`, left of Else. Otherwise an
 * Else is added too, and the existing cards move below it. Returns null among buttons and below an end.
 */
export function insertCondition(
  flow: Flow,
  place: Place,
  test: FlowTest | null,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const parent = cardOf(flow, place.parentId);
  if (!canHoldStep(parent, kinds)) return null;
  const cardId = newId();
  const condition: ConditionCard = { kind: 'condition', test, next: [] };
  const changes = insertBranch(flow, parent, place, cardId, condition, newId);
  return edit('insert-condition', cardId, changes);
}

/** Adds a button at `index` of a `buttons` card. Returns null for other cards, and if there are ten. */
export function insertButton(flow: Flow, place: Place, label: string, newId: NewId): Edit | null {
  const parent = cardOf(flow, place.parentId);
  if (parent?.kind !== 'buttons' || parent.next.length > 10) return null;
  const cardId = newId();
  const button: ButtonCard = { kind: 'button', label, next: [] };
  return edit('insert-button', cardId, insertBranch(flow, parent, place, cardId, button, newId));
}

/**
 * Returns the changes that add a branch to a fork, or create the fork.
 * @internal
 */
export function insertBranch(
  flow: Flow,
  parent: Card,
  { parentId, index }: Place,
  cardId: string,
  branch: Card,
  newId: NewId,
) {
  if (parent.kind === 'buttons' || hasFork(flow, parent)) {
    const at = Math.max(0, Math.min(index, parent.next.length - 1));
    return [put(cardId, branch), put(parentId, withNext(parent, parent.next.toSpliced(at, 0, cardId)))];
  }
  const elseId = newId();
  return [
    put(cardId, branch),
    put(elseId, { kind: 'else', next: parent.next }),
    put(parentId, withNext(parent, [cardId, elseId])),
  ];
}

/**
 * Returns whether a step or a fork may follow a card.
 * @internal
 */
export function canHoldStep(card: Card | undefined, kinds: AuthorKinds): card is Card {
  return card !== undefined && !isClosed(card, kinds) && card.kind !== 'buttons';
}
