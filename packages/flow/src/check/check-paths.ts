import type { AuthorKinds, StepAuthorKind } from '../kinds/author-kind.ts';
import type { Card, Flow, Problem } from '../document/flow.ts';
import { cardPath } from '../document/problem-list.ts';
import { cardOf, isClosed } from '../document/tree.ts';
import { canJumpTo } from '../kinds/jump/author.ts';

/** Returns problems for unfinished paths and for loops in which no card waits. */
export function checkPaths(flow: Flow, kinds: AuthorKinds): Problem[] {
  return [...unfinishedPaths(flow, kinds), ...endlessLoops(flow, kinds)];
}

function unfinishedPaths(flow: Flow, kinds: AuthorKinds): Problem[] {
  return Object.entries(flow.cards)
    .filter(([, card]) => card.next.length === 0 && !isClosed(card, kinds))
    .map(([cardId]) => ({
      code: 'unfinished-path',
      severity: 'error',
      cardId,
      path: cardPath(cardId, 'next'),
      message: 'The path stops here; add an end or a jump.',
    }));
}

/**
 * Returns a problem for each jump in a cycle without a waiting card such as `buttons`. A run would end there
 * as a loop (rule 7).
 */
function endlessLoops(flow: Flow, kinds: AuthorKinds): Problem[] {
  const cycle = findCycles(flow, kinds);
  return Object.entries(flow.cards).flatMap(([cardId, card]): Problem[] => {
    if (card.kind !== 'jump' || !card.to || card.to === cardId) return [];
    if (cycle.get(cardId) === undefined || cycle.get(cardId) !== cycle.get(card.to)) return [];
    return [
      {
        code: 'endless-loop',
        severity: 'error',
        cardId,
        path: cardPath(cardId, 'to'),
        message:
          'This jump makes a loop that never waits for the visitor; put a message with buttons into it, or jump elsewhere.',
        data: { to: card.to },
      },
    ];
  });
}

function roleOf({ kind }: Card, kinds: AuthorKinds): StepAuthorKind['role'] | undefined {
  return kinds.steps.get(kind)?.role;
}

/** Returns the cards that a run can enter after a card without waiting. */
function nextCards(flow: Flow, cardId: string, kinds: AuthorKinds): string[] {
  const card = cardOf(flow, cardId)!;
  const role = roleOf(card, kinds);
  if (role === 'buttons' || role === 'end') return [];
  if (card.kind === 'jump') return card.to && canJumpTo(flow, card.to) ? [card.to] : [];
  return card.next;
}

/** Returns the cycle number of each card that can reach itself (Tarjan's algorithm without recursion). */
function findCycles(flow: Flow, kinds: AuthorKinds): Map<string, number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const cycle = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  for (const root of Object.keys(flow.cards)) {
    if (!order.has(root)) visit(root);
  }
  return cycle;

  function visit(root: string): void {
    const path = [enter(root)];
    while (path.length > 0) {
      const at = path.at(-1)!;
      const next = at.rest.pop();
      if (next === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent) lower(parent.id, lowest.get(at.id)!);
        if (lowest.get(at.id) === order.get(at.id)) close(at.id);
      } else if (!order.has(next)) path.push(enter(next));
      else if (isOpen.has(next)) lower(at.id, order.get(next)!);
    }
  }

  function enter(id: string): { id: string; rest: string[] } {
    order.set(id, order.size);
    lowest.set(id, order.get(id)!);
    open.push(id);
    isOpen.add(id);
    return { id, rest: [...nextCards(flow, id, kinds)] };
  }

  function lower(id: string, number: number): void {
    lowest.set(id, Math.min(lowest.get(id)!, number));
  }

  function close(id: string): void {
    const members = open.splice(open.lastIndexOf(id));
    for (const member of members) {
      isOpen.delete(member);
      if (members.length > 1) cycle.set(member, order.get(id)!);
    }
  }
}
