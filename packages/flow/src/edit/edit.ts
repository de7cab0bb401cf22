import type { Card } from '../document/flow.ts';
import type { FlowChange, SimpleChange } from './flow-change.ts';

/** Where something is put: below a card, at a place among its children. */
export interface Place {
  parentId: string;
  /** Counted from the left. Steps have no neighbours, so for them it says nothing. */
  index: number;
}

/** Gives an id that no card of the flow has. */
export type NewId = () => string;

/** A change, and the card that one would want in hand after it. */
export interface Edit {
  change: FlowChange;
  cardId: string;
}

/** One edit from its changes. @internal */
export function edit(what: string, cardId: string, changes: SimpleChange[]): Edit {
  return { change: { kind: 'group', what, changes }, cardId };
}

/** @internal */
export function put(cardId: string, card: Card): SimpleChange {
  return { kind: 'put-card', cardId, card };
}

/** @internal */
export function remove(cardIds: readonly string[]): SimpleChange[] {
  // Children first: taking it back then puts parents first.
  return cardIds.toReversed().map((cardId) => ({ kind: 'remove-card', cardId }));
}

/** The same card with other children. @internal */
export function withNext<C extends Card>(card: C, next: string[]): C {
  return { ...card, next };
}
