import type { Card, Flow, Problem } from '../document/flow.ts';
import { cardPath } from '../document/problem-list.ts';
import { cardOf, hasFork, startOf } from '../document/tree.ts';
import type { AuthorKinds, Constraint } from '../kinds/author-kind.ts';
import { anything, type Budget, isImpossible, narrow, type Possible } from './possible.ts';

/** Maximum cost of one check, in keyword comparisons. Takes some tenths of a second at most. */
const BUDGET = 10_000_000;
const WEEK = 7 * 1440;

/**
 * Returns warnings for branches that no message can reach, because branches to their left or above match
 * first, and for time windows that overlap. Sound: a branch that a message can reach is never reported, if
 * clocks are readable and zones are known. Nothing is assumed about the target of a jump.
 */
export function checkBranches(flow: Flow, kinds: AuthorKinds): Problem[] {
  const problems: Problem[] = [];
  const budget: Budget = { left: BUDGET };
  const targets = new Set(
    Object.values(flow.cards).flatMap((card) => (card.kind === 'jump' && card.to ? [card.to] : [])),
  );
  // Null marks an unreachable place. Its warning covers the cards below it.
  const waiting: { id: string; possible: Possible | null }[] = [{ id: startOf(flow), possible: anything }];

  while (waiting.length > 0) {
    const { id, possible: above } = waiting.pop()!;
    const card = cardOf(flow, id);
    if (!card) continue;
    const possible = targets.has(id) ? anything : above;
    if (hasFork(flow, card)) checkFork(card, possible);
    else for (const child of card.next) waiting.push({ id: child, possible });
  }
  return problems;

  function checkFork({ next }: Card, possible: Possible | null): void {
    let left = possible;
    const owners = new Map<string, (string | undefined)[]>();
    for (const id of next) {
      const card = cardOf(flow, id)!;
      const constraint = constraintOf(card);
      const taken = left && constraint ? narrow(left, constraint, true) : left;
      const never = taken !== null && isImpossible(taken, budget);
      if (never) problems.push(unreachable(id, card));
      else if (constraint?.kind === 'time' && left) reportOverlap(id, constraint, owners);
      waiting.push({ id, possible: never ? null : taken });
      if (left && constraint) left = narrow(left, constraint, false);
    }
  }

  function constraintOf(card: Card): Constraint | null {
    const test = card.kind === 'condition' ? card.test : null;
    return (test && kinds.tests.get(test.kind)?.constraint?.(test, flow)) ?? null;
  }

  function reportOverlap(
    cardId: string,
    { zone, windows }: Constraint & { kind: 'time' },
    owners: Map<string, (string | undefined)[]>,
  ): void {
    const minutes = owners.get(zone) ?? Array<string | undefined>(WEEK).fill(undefined);
    owners.set(zone, minutes);
    let other: string | undefined;
    for (let i = 0; i < windows.length; i += 2) {
      for (let minute = windows[i]!; minute < windows[i + 1]!; minute++) {
        // Windows of the same condition may overlap.
        if (minutes[minute] !== cardId) other ??= minutes[minute];
        minutes[minute] ??= cardId;
      }
    }
    if (other === undefined) return;
    problems.push({
      code: 'overlapping-times',
      severity: 'warning',
      cardId,
      path: cardPath(cardId, 'test'),
      message: `These times overlap with those of "${other}" to the left, which is asked first.`,
      data: { with: other },
    });
  }
}

function unreachable(cardId: string, { kind }: Card): Problem {
  return {
    code: 'unreachable-branch',
    severity: 'warning',
    cardId,
    path: cardPath(cardId),
    message:
      kind === 'else'
        ? 'This Else can never be taken: the branches to its left, or the ones above, catch every message.'
        : 'This branch can never be taken: the branches to its left, or the ones above, leave no message for it.',
  };
}
