import type { Card } from '../document/flow.ts';
import type { FlowChange, SimpleChange } from './flow-change.ts';

/** Insert position: a parent and an index among its children. */
export interface Place {
  parentId: string;
  /** Index from the left. Ignored for steps, which have no siblings. */
  index: number;
}

/** Returns an id that no card of the flow has. */
export type NewId = () => string;

/** Change, with the card to select after it. */
export interface Edit {
  change: FlowChange;
  cardId: string;
}

/**
 * Builds an edit from its changes.
 * @internal
 */
export function edit(what: string, cardId: string, changes: SimpleChange[]): Edit {
  return { change: { kind: 'group', what, changes }, cardId };
}

/** @internal */
export function put(cardId: string, card: Card): SimpleChange {
  return { kind: 'put-card', cardId, card };
}

/** @internal */
export function remove(cardIds: readonly string[]): SimpleChange[] {
  // Remove children first, so that the inverse adds parents first.
  return cardIds.toReversed().map((cardId) => ({ kind: 'remove-card', cardId }));
}

/**
 * Returns a copy of a card with other children.
 * @internal
 */
export function withNext<C extends Card>(card: C, next: string[]): C {
  return { ...card, next };
}
