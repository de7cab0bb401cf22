import type { Card, Flow } from '../document/flow.ts';
import { currentFlow } from '../document/migrate.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { startOf, subtreeOf } from '../document/tree.ts';
import { changedFields, diffFlow, type FlowDiff } from './diff-flow.ts';
import { isSame } from './is-same.ts';

/** Conflicting change of both sides. The merged document contains my side. */
export type MergeConflict =
  /** Field of a card, or of the flow itself if `cardId` is missing. */
  | { kind: 'field'; cardId?: string; field: string; mine: unknown; theirs: unknown }
  /** Card that one side removed and the other changed. */
  | { kind: 'removed'; cardId: string; by: 'mine' | 'theirs' }
  /** Children of a card. */
  | { kind: 'children'; cardId: string; mine: string[]; theirs: string[] }
  /**
   * The two trees cannot be merged. The tree is mine; their side contributed only fields. `theirs` lists
   * their tree changes that were dropped.
   */
  | { kind: 'structure'; theirs: Pick<FlowDiff, 'added' | 'removed' | 'moved'> };

/** Return value of `mergeFlow`. `flow` parses if `mine` does. */
export interface MergeResult {
  flow: Flow;
  conflicts: MergeConflict[];
}

/** Merges two versions of the same base. Conflicts are resolved to `mine` and listed. */
export function mergeFlow(...versions: [base: Flow, mine: Flow, theirs: Flow]): MergeResult {
  const [base, mine, theirs] = versions.map(currentFlow) as typeof versions;
  const conflicts: MergeConflict[] = [];
  const { cards: _base, ...headBase } = base;
  const { cards: _mine, ...headMine } = mine;
  const { cards: _theirs, ...headTheirs } = theirs;
  const head = mergeFields(headBase, headMine, headTheirs, undefined, conflicts);
  const wholeConflicts = [...conflicts];
  const merged = { ...head, cards: mergeCards(base, mine, theirs, wholeConflicts) } as Flow;
  if (parseFlow(merged).ok) return { flow: merged, conflicts: wholeConflicts };

  const cards = Object.entries(mine.cards).map(([id, card]) => {
    const [old, other] = [own(base, id), own(theirs, id)];
    const fields = old && other ? mergeFields(old, card, other, id, conflicts) : card;
    return [id, { ...fields, next: card.next }];
  });
  const { added, removed, changed, moved } = diffFlow(base, theirs);
  for (const { cardId } of changed)
    if (!own(mine, cardId)) conflicts.push({ kind: 'removed', cardId, by: 'mine' });
  conflicts.push({ kind: 'structure', theirs: { added, removed, moved } });
  const flow = { ...head, cards: Object.fromEntries(cards) } as Flow;
  return { flow: parseFlow(flow).ok ? flow : mine, conflicts };
}

function mergeCards(base: Flow, mine: Flow, theirs: Flow, conflicts: MergeConflict[]): Record<string, Card> {
  const cards = new Map<string, Card>();
  for (const id of new Set([...Object.keys(mine.cards), ...Object.keys(theirs.cards)])) {
    const [old, left, right] = [own(base, id), own(mine, id), own(theirs, id)];
    const card = mergeCard(id, old, left, right, conflicts);
    if (card) cards.set(id, card);
  }
  const flow = { ...mine, cards: Object.fromEntries(cards) };
  // Removing a card removes the cards below it. Changes of the other side in them are listed as conflicts.
  const whole = [...cards.values()].every(({ next }) => next.every((id) => cards.has(id)));
  const kept = whole ? new Set(subtreeOf(flow, startOf(flow))) : null;
  for (const id of kept ? cards.keys() : []) {
    if (kept!.has(id)) continue;
    cards.delete(id);
    const by = own(mine, id) && !isSame(own(base, id), own(mine, id)) ? 'theirs' : 'mine';
    const touched = by === 'theirs' || !isSame(own(base, id), own(theirs, id));
    if (touched) conflicts.push({ kind: 'removed', cardId: id, by });
  }
  return Object.fromEntries(cards);
}

function mergeCard(
  cardId: string,
  old: Card | undefined,
  mine: Card | undefined,
  theirs: Card | undefined,
  conflicts: MergeConflict[],
): Card | undefined {
  if (!mine || !theirs) {
    const left = mine ?? theirs;
    // Added by one side, or removed by one side and unchanged by the other.
    if (!old || isSame(old, left)) return old ? undefined : left;
    conflicts.push({ kind: 'removed', cardId, by: mine ? 'theirs' : 'mine' });
    return mine;
  }
  const fields = mergeFields(old ?? {}, mine, theirs, cardId, conflicts);
  return { ...fields, next: mergeNext(cardId, old?.next, mine.next, theirs.next, conflicts) } as Card;
}

/** Merges all fields except `next`, three-way. */
function mergeFields(
  base: object,
  mine: object,
  theirs: object,
  cardId: string | undefined,
  conflicts: MergeConflict[],
): object {
  const result = { ...mine } as Record<string, unknown>;
  const value = (holder: object, name: string) => (holder as Record<string, unknown>)[name];
  for (const field of changedFields(mine, theirs)) {
    if (field === 'next') continue;
    const [old, left, right] = [value(base, field), value(mine, field), value(theirs, field)];
    if (isSame(old, left)) {
      if (right === undefined) delete result[field];
      else result[field] = right;
    } else if (!isSame(old, right)) {
      conflicts.push({
        kind: 'field',
        ...(cardId !== undefined && { cardId }),
        field,
        mine: left,
        theirs: right,
      });
    }
  }
  return result;
}

/** Merges the children of a card, three-way: additions and removals of both sides, in my order. */
function mergeNext(
  cardId: string,
  old: string[] = [],
  mine: string[],
  theirs: string[],
  conflicts: MergeConflict[],
): string[] {
  if (isSame(mine, theirs) || isSame(old, theirs)) return mine;
  if (isSame(old, mine)) return theirs;
  const common = (list: string[]) =>
    list.filter((id) => old.includes(id) && mine.includes(id) && theirs.includes(id));
  const [was, left, right] = [common(old), common(mine), common(theirs)];
  const areBothReordered = !isSame(left, right) && !isSame(was, left) && !isSame(was, right);
  if (mine.length < 2 || theirs.length < 2 || areBothReordered) {
    conflicts.push({ kind: 'children', cardId, mine, theirs });
    return mine;
  }
  // The order of branches is the order of evaluation. The side that changed it determines the order;
  // additions of the other side are inserted.
  const [lead, other] = isSame(was, left) ? [theirs, mine] : [mine, theirs];
  const next = lead.filter((id) => other.includes(id) || !old.includes(id));
  for (const [index, id] of other.entries()) {
    if (lead.includes(id) || old.includes(id)) continue;
    // Insert it to the right of its left sibling in its own version, or first if that sibling is gone.
    const after = other.slice(0, index).findLast((before) => next.includes(before));
    next.splice(after === undefined ? 0 : next.indexOf(after) + 1, 0, id);
  }
  return next;
}

function own(flow: Flow, id: string): Card | undefined {
  return Object.hasOwn(flow.cards, id) ? flow.cards[id] : undefined;
}
