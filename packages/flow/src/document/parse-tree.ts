import type { AuthorKinds } from '../kinds/author-kind.ts';
import type { FlowLimits } from './limits.ts';
import { cardPath, type ProblemList } from './problem-list.ts';
import { isClosed } from './tree.ts';

/** Part of a card that defines the tree. */
export interface TreeCard {
  kind: string;
  next: string[];
}

const BRANCHES = new Set(['condition', 'else', 'button']);

/**
 * Reports everything that prevents the cards from being one tree under `start`. Linear time, no recursion.
 * `unread` are cards with problems that were reported before; consequences of their absence are not reported.
 */
export function parseTree(
  cards: Map<string, TreeCard>,
  unread: ReadonlySet<string>,
  limits: FlowLimits,
  kinds: AuthorKinds,
  problems: ProblemList,
): void {
  const isWhole = unread.size === 0;
  const parents = findParents(cards, unread, problems);
  for (const [id, card] of cards) {
    if (isWhole || !card.next.some((child) => unread.has(child)))
      checkChildren(id, card, cards, kinds, problems);
  }

  const starts: string[] = [];
  for (const [id, { kind }] of cards) if (kind === 'start') starts.push(id);
  if (starts.length === 0 && isWhole) {
    problems.error('no-start', 'The flow has no start card; it needs exactly one.');
  }
  const seen = new Set<string>();
  for (const cardId of starts.slice(1)) {
    visit(cardId, cards, seen);
    problems.error('second-start', `Card "${cardId}" is a second start; a flow has exactly one.`, {
      cardId,
      path: cardPath(cardId, 'kind'),
    });
  }

  if (starts[0] !== undefined) {
    const tooDeep = visit(starts[0], cards, seen, limits.depth);
    if (tooDeep !== undefined) {
      problems.error(
        'too-deep',
        `Card "${tooDeep}" stands deeper than ${limits.depth} levels below the start.`,
        {
          cardId: tooDeep,
          path: cardPath(tooDeep),
          data: { max: limits.depth },
        },
      );
    }
  }
  for (const [cardId, { kind }] of cards) {
    if (parents.has(cardId) || kind === 'start' || seen.has(cardId)) continue;
    if (isWhole) {
      problems.error('orphan', `Card "${cardId}" hangs on no other card; attach or remove it.`, {
        cardId,
        path: cardPath(cardId),
      });
    }
    visit(cardId, cards, seen);
  }
  // A card that has a parent but is unreachable is in a cycle or below one.
  for (const cardId of cards.keys()) {
    if (seen.has(cardId)) continue;
    problems.error('cycle', `Card "${cardId}" is its own descendant; paths may only be joined by a jump.`, {
      cardId: findCycle(cardId, parents),
      path: cardPath(findCycle(cardId, parents)),
    });
    visit(findCycle(cardId, parents), cards, seen);
  }
}

function findParents(
  cards: Map<string, TreeCard>,
  unread: ReadonlySet<string>,
  problems: ProblemList,
): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [cardId, { next }] of cards) {
    for (let index = 0; index < next.length; index++) {
      const child = next[index]!;
      const other = parents.get(child);
      const here = () => ({ cardId, path: cardPath(cardId, 'next', index) });
      if (!cards.has(child) && !unread.has(child)) {
        problems.error(
          'missing-child',
          `Card "${cardId}" leads to "${child}", which is not in this flow.`,
          here(),
        );
      } else if (other === undefined) {
        parents.set(child, cardId);
      } else {
        problems.error(
          'two-parents',
          other === cardId
            ? `Card "${child}" hangs on "${cardId}" twice; keep one.`
            : `Card "${child}" hangs on both "${other}" and "${cardId}"; keep one.`,
          here(),
        );
      }
    }
  }
  return parents;
}

function checkChildren(
  cardId: string,
  card: TreeCard,
  cards: Map<string, TreeCard>,
  kinds: AuthorKinds,
  problems: ProblemList,
): void {
  const children = card.next.map((id) => cards.get(id)?.kind ?? '');
  const wrong = wrongChildren(card, children, kinds);
  if (!wrong) return;
  problems.error('bad-children', `Card "${cardId}" (${card.kind}) ${wrong}.`, {
    cardId,
    path: cardPath(cardId, 'next'),
  });
}

function wrongChildren(card: TreeCard, children: string[], kinds: AuthorKinds): string | null {
  const last = children.at(-1);
  if (children.includes('start')) return 'leads to the start; nothing may';
  if (isClosed(card, kinds)) return children.length > 0 ? 'may have nothing after it' : null;
  if (card.kind === 'buttons') {
    const buttons = children.slice(0, -1);
    if (last !== 'else' || buttons.some((child) => child !== 'button'))
      return 'needs button cards and then one else card';
    return buttons.length > 10 ? 'has more than 10 buttons' : null;
  }
  if (!children.some((child) => BRANCHES.has(child)))
    return children.length > 1 ? 'may lead to one step only' : null;
  const conditions = children.slice(0, -1);
  const isFork =
    last === 'else' && conditions.length > 0 && conditions.every((child) => child === 'condition');
  return isFork ? null : 'needs one step, or condition cards and then one else card';
}

/** Marks all cards below a card. Returns the first card beyond `maxDepth`. */
function visit(
  root: string,
  cards: Map<string, TreeCard>,
  seen: Set<string>,
  maxDepth = Infinity,
): string | undefined {
  let level = [root];
  let tooDeep: string | undefined;
  seen.add(root);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) tooDeep ??= level[0];
    const below: string[] = [];
    for (const id of level) {
      for (const child of cards.get(id)!.next) {
        if (!cards.has(child) || seen.has(child)) continue;
        seen.add(child);
        below.push(child);
      }
    }
    level = below;
  }
  return tooDeep;
}

/** Returns a card of the cycle above a card. */
function findCycle(cardId: string, parents: Map<string, string>): string {
  const passed = new Set<string>();
  let at = cardId;
  while (!passed.has(at)) {
    passed.add(at);
    at = parents.get(at)!;
  }
  return at;
}
