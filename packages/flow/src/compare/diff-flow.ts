import type { Flow } from '../document/flow.ts';
import { currentFlow } from '../document/migrate.ts';
import { parentsOf } from '../document/tree.ts';
import { isSame } from './is-same.ts';

/** Differences between two versions of a flow, by card id. */
export interface FlowDiff {
  /** Fields of the flow itself, such as `name`. */
  flow: string[];
  /** Cards that only the second version has. */
  added: string[];
  /** Cards that only the first version has. */
  removed: string[];
  /** Cards in both versions with different fields. */
  changed: { cardId: string; fields: string[] }[];
  /** Cards in both versions with another parent or order. A card inserted above does not count as a move. */
  moved: { cardId: string; from: string; to: string }[];
}

/**
 * Returns what the second document adds, removes, changes and moves. Ignores a difference of the format
 * alone.
 */
export function diffFlow(from: Flow, to: Flow): FlowDiff {
  const before = currentFlow(from);
  const after = currentFlow(to);
  const { cards: a, ...headBefore } = before;
  const { cards: b, ...headAfter } = after;
  const both = Object.keys(a).filter((id) => Object.hasOwn(b, id));
  const changed = both
    .map((cardId) => ({
      cardId,
      fields: changedFields(a[cardId]!, b[cardId]!).filter((name) => name !== 'next'),
    }))
    .filter(({ fields }) => fields.length > 0);
  return {
    flow: changedFields(headBefore, headAfter),
    added: Object.keys(b).filter((id) => !Object.hasOwn(a, id)),
    removed: Object.keys(a).filter((id) => !Object.hasOwn(b, id)),
    changed,
    moved: movedCards(before, after, new Set(both)),
  };
}

/**
 * Returns the names of properties that differ.
 * @internal
 */
export function changedFields(a: object, b: object): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const value = (holder: object, name: string) => (holder as Record<string, unknown>)[name];
  return [...names].filter((name) => !isSame(value(a, name), value(b, name)));
}

function movedCards(before: Flow, after: Flow, both: Set<string>): FlowDiff['moved'] {
  const old = keptParents(before, both);
  const now = keptParents(after, both);
  const moved = new Set([...both].filter((id) => old.get(id) !== now.get(id)));
  for (const parentId of both) {
    const stayed = after.cards[parentId]!.next.filter((id) => both.has(id) && !moved.has(id));
    const places = stayed.map((id) => before.cards[parentId]!.next.indexOf(id));
    const kept = longestIncreasing(places);
    for (const [index, id] of stayed.entries()) if (!kept.has(index) && places[index]! >= 0) moved.add(id);
  }
  return [...moved].map((cardId) => ({ cardId, from: old.get(cardId) ?? '', to: now.get(cardId) ?? '' }));
}

/**
 * Returns the nearest ancestor that both documents have. A card inserted between them is not a move of the
 * cards below.
 */
function keptParents(flow: Flow, both: Set<string>): Map<string, string | undefined> {
  const parents = parentsOf(flow);
  const nearest = (id: string): string | undefined => {
    let at = parents.get(id);
    while (at !== undefined && !both.has(at)) at = parents.get(at);
    return at;
  };
  return new Map([...both].map((id) => [id, nearest(id)]));
}

/** Returns the indices of a longest increasing subsequence. */
function longestIncreasing(numbers: readonly number[]): Set<number> {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = index;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) rise.add(at);
  return rise;
}
