import type { Card, Flow, Problem } from '../document/flow.ts';
import { parseFlow, type ParseOptions } from '../document/parse-flow.ts';
import { isObject } from '../document/parse-fields.ts';

/** Change of one card, or of fields of the flow itself. */
export type SimpleChange =
  /**
   * Adds a card, or replaces the card with this id. `at` is the index of a new card among the document's
   * keys. Default: last.
   */
  | { kind: 'put-card'; cardId: string; card: Card; at?: number }
  | { kind: 'remove-card'; cardId: string }
  /**
   * Sets fields of the flow itself, such as `name`. `unset` removes fields. Not for `format`, `id` and
   * `cards`. `order` is the order of the document's properties. Default: unchanged, new ones last.
   */
  | { kind: 'set-flow'; fields: Record<string, unknown>; unset?: string[]; order?: string[] };

/**
 * Change of a document, as plain JSON. It can be stored, sent, applied to another copy and undone. A `group`
 * is one edit with several changes, applied in order, all or none. `what` names the edit, such as
 * `insert-step`.
 */
export type FlowChange = SimpleChange | { kind: 'group'; what: string; changes: SimpleChange[] };

/** Return value of `applyChange`. `inverse` restores the document exactly. */
export type ChangeResult = { ok: true; flow: Flow; inverse: FlowChange } | { ok: false; problems: Problem[] };

/**
 * Applies a change without mutating its arguments. Unchanged cards keep their identity. A change whose result
 * `parseFlow` would reject is rejected with the same problems. Never throws.
 */
export function applyChange(flow: Flow, change: FlowChange, options?: ParseOptions): ChangeResult {
  if (!isObject(change)) return refused('This is not a change.');
  const mutable = new MutableFlow(flow);
  const changes = change.kind === 'group' ? change.changes : [change];
  const inverses: SimpleChange[] = [];
  for (const simple of Array.isArray(changes) ? changes : [null]) {
    const inverse = isObject(simple) ? mutable.apply(simple as SimpleChange) : 'is not a change';
    if (typeof inverse === 'string') return refused(`This change cannot be applied: it ${inverse}.`);
    inverses.unshift(inverse);
  }
  const result = mutable.finish();
  const parsed = parseFlow(result, options);
  if (!parsed.ok) return parsed;
  const inverse: FlowChange =
    change.kind === 'group' ? { kind: 'group', what: change.what, changes: inverses } : inverses[0]!;
  return { ok: true, flow: result, inverse };
}

/** Groups changes into one edit: applied all or none, undone in one step. */
export function groupChanges(what: string, changes: readonly FlowChange[]): FlowChange {
  return {
    kind: 'group',
    what,
    changes: changes.flatMap((change) => (change.kind === 'group' ? change.changes : [change])),
  };
}

const NUMBER = /^\d+$/;
const FIXED = new Set(['format', 'id', 'cards', '__proto__']);

/** Mutable state of a document while a change is applied. */
class MutableFlow {
  /** Fields of the flow. `cards` is a placeholder that keeps its position. */
  #head: Flow;
  readonly #cards: Map<string, Card>;
  /** Keys of the cards in property order. */
  #keys: string[];

  constructor(flow: Flow) {
    this.#head = flow;
    this.#keys = Object.keys(flow.cards);
    this.#cards = new Map(Object.entries(flow.cards));
  }

  /** Returns the inverse, or an error text. */
  apply(change: SimpleChange): SimpleChange | string {
    switch (change.kind) {
      case 'put-card':
        return this.#put(change);
      case 'remove-card':
        return this.#remove(change.cardId);
      case 'set-flow':
        return this.#set(change.fields, change.unset ?? [], change.order);
      default:
        return 'is of an unknown kind';
    }
  }

  finish(): Flow {
    const cards = Object.fromEntries(this.#keys.map((id) => [id, this.#cards.get(id)!]));
    return { ...this.#head, cards };
  }

  #put({ cardId, card, at }: Extract<SimpleChange, { kind: 'put-card' }>): SimpleChange | string {
    if (typeof cardId !== 'string') return 'does not name its card by a text';
    if (!isObject(card)) return `puts no card at "${cardId}"`;
    const before = this.#cards.get(cardId);
    this.#cards.set(cardId, card);
    if (before) return { kind: 'put-card', cardId, card: before };
    const hasNumbers = NUMBER.test(cardId) || NUMBER.test(this.#keys[0] ?? '');
    this.#keys.splice(at ?? this.#keys.length, 0, cardId);
    // Integer keys come before all other keys of an object. Indices must use the same order.
    if (hasNumbers) this.#keys = Object.keys(Object.fromEntries(this.#keys.map((key) => [key, null])));
    return { kind: 'remove-card', cardId };
  }

  #remove(cardId: string): SimpleChange | string {
    const card = this.#cards.get(cardId);
    if (!card) return `removes "${cardId}", which is not in the flow`;
    const at = this.#keys.indexOf(cardId);
    this.#keys.splice(at, 1);
    this.#cards.delete(cardId);
    return { kind: 'put-card', cardId, card, at };
  }

  #set(
    fields: Record<string, unknown>,
    unset: readonly string[],
    order?: readonly string[],
  ): SimpleChange | string {
    if (!isObject(fields) || !Array.isArray(unset)) return 'sets no fields';
    const names = [...Object.keys(fields), ...unset];
    const fixed = names.find((name) => FIXED.has(name));
    if (fixed) return `sets "${fixed}", which is fixed`;
    const head = this.#head as unknown as Record<string, unknown>;
    const before = Object.fromEntries(
      names.filter((name) => Object.hasOwn(head, name)).map((name) => [name, head[name]]),
    );
    const added = names.filter((name) => !Object.hasOwn(head, name));
    const kept = Object.entries({ ...head, ...fields }).filter(([name]) => !unset.includes(name));
    if (Array.isArray(order)) kept.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    this.#head = Object.fromEntries(kept) as unknown as Flow;
    return {
      kind: 'set-flow',
      fields: before,
      ...(added.length > 0 && { unset: added }),
      ...((unset.length > 0 || Array.isArray(order)) && { order: Object.keys(head) }),
    };
  }
}

function refused(message: string): ChangeResult {
  return { ok: false, problems: [{ code: 'bad-change', severity: 'error', message }] };
}
