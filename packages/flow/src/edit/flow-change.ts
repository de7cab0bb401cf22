import type { Card, Flow, Problem } from '../document/flow.ts';
import { parseFlow, type ParseOptions } from '../document/parse-flow.ts';
import { isObject } from '../document/parse-fields.ts';

/** A change to one card, or to the flow's own fields. */
export type SimpleChange =
  /**
   * Adds a card, or replaces the one with this id. `at`: where a new one stands among the document's keys;
   * default: last.
   */
  | { kind: 'put-card'; cardId: string; card: Card; at?: number }
  | { kind: 'remove-card'; cardId: string }
  /**
   * Sets fields of the flow itself, such as `name`; `unset` removes them. Not for `format`, `id` and `cards`.
   * `order`: how the document's properties then stand; default: as before, new ones last.
   */
  | { kind: 'set-flow'; fields: Record<string, unknown>; unset?: string[]; order?: string[] };

/**
 * What an edit does to a document, as plain JSON: it can be kept, sent, applied elsewhere and taken back. A
 * `group` is one edit made of several changes, applied in their order, all or none; `what` names the edit,
 * such as `insert-step`.
 */
export type FlowChange = SimpleChange | { kind: 'group'; what: string; changes: SimpleChange[] };

/** What `applyChange` answers. `inverse` restores the document exactly. */
export type ChangeResult = { ok: true; flow: Flow; inverse: FlowChange } | { ok: false; problems: Problem[] };

/**
 * Applies a change. Nothing is mutated; cards that do not change stay the same objects. A change that would
 * leave something that `parseFlow` refuses is refused, with the same problems. Never throws.
 */
export function applyChange(flow: Flow, change: FlowChange, options?: ParseOptions): ChangeResult {
  if (!isObject(change)) return refused('This is not a change.');
  const draft = new Draft(flow);
  const changes = change.kind === 'group' ? change.changes : [change];
  const inverses: SimpleChange[] = [];
  for (const simple of Array.isArray(changes) ? changes : [null]) {
    const inverse = isObject(simple) ? draft.apply(simple as SimpleChange) : 'is not a change';
    if (typeof inverse === 'string') return refused(`This change cannot be applied: it ${inverse}.`);
    inverses.unshift(inverse);
  }
  const result = draft.finish();
  const parsed = parseFlow(result, options);
  if (!parsed.ok) return parsed;
  const inverse: FlowChange =
    change.kind === 'group' ? { kind: 'group', what: change.what, changes: inverses } : inverses[0]!;
  return { ok: true, flow: result, inverse };
}

/** Several changes as one edit: all or none, and one step to take back. */
export function groupChanges(what: string, changes: readonly FlowChange[]): FlowChange {
  return {
    kind: 'group',
    what,
    changes: changes.flatMap((change) => (change.kind === 'group' ? change.changes : [change])),
  };
}

const NUMBER = /^\d+$/;
const FIXED = new Set(['format', 'id', 'cards', '__proto__']);

/** A document in the middle of a change. */
class Draft {
  /** Its `cards` only keep their place. */
  #head: Flow;
  readonly #cards: Map<string, Card>;
  /** The cards' keys in the order in which an object has them. */
  #keys: string[];

  constructor(flow: Flow) {
    this.#head = flow;
    this.#keys = Object.keys(flow.cards);
    this.#cards = new Map(Object.entries(flow.cards));
  }

  /** Gives the inverse, or what is wrong with the change. */
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
    // Whole numbers stand before all other keys of an object, wherever they were put; places have to count
    // that way too.
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
