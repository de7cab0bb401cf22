import type { Card, Flow } from '@alur/flow';
import type { EditorKinds } from '../kinds/editor-kind.ts';
import { CARD_WIDTH, measureCard, OPEN_INSERT_POINT } from './card-size.ts';
import { placeTidyTree, type TidyNode } from './tidy-tree.ts';
import type { Box } from './viewport.ts';

/** Space to the right of a card. */
const GAP_X = 32;

/** Space between a card and its only child, and between a card and a fork. */
const GAP_Y = 56;
const FORK_GAP_Y = 76;

/** Distance from a card to its `+` below, and to the bus of a fork's branches. */
const ADD_OFFSET = 28;
const BUS_OFFSET = 52;

/** Card with its position. */
export interface PlacedCard extends Box {
  id: string;
  card: Card;
  parentId: string | null;
  /** Index among the siblings, from 0. */
  index: number;
  siblings: number;
  /** Depth in the tree; 0 for the start card. */
  depth: number;
}

/** Insert point below a card. */
export interface InsertPoint extends Box {
  /** Id of the card above. */
  parentId: string;
  /** `edge`: a `+` on the line to what follows. `open`: the placeholder of an unfinished path. */
  kind: 'edge' | 'open';
}

/** Layout of a flow. */
export interface FlowLayout {
  /** Cards in reading order: parents before children, left before right. */
  order: PlacedCard[];
  byId: Map<string, PlacedCard>;
  insertPoints: Map<string, InsertPoint>;
  /** Bounding box of the layout. */
  bounds: Box;
}

/** Returns whether a card can have children. Jumps and ends close their path. */
export function canHaveNext(card: Card, kinds: EditorKinds): boolean {
  return !kinds.steps.get(card.kind)?.isClosing;
}

/** Computes the layout of a flow. Pure, and linear in the number of cards. The start card is at x = 0. */
export function layoutFlow(flow: Flow, kinds: EditorKinds): FlowLayout {
  const rootId = findStart(flow);
  const order: PlacedCard[] = [];
  const nodes: TidyNode[] = [];
  const root = flow.cards[rootId];
  if (!root)
    return { order, byId: new Map(), insertPoints: new Map(), bounds: { x: 0, y: 0, width: 0, height: 0 } };

  const visit = (id: string, card: Card, parent: PlacedCard | null, index: number, siblings: number) => {
    const size = measureCard(card, kinds);
    const placed = {
      id,
      card,
      parentId: parent?.id ?? null,
      index,
      siblings,
      depth: parent ? parent.depth + 1 : 0,
      x: 0,
      y: 0,
      ...size,
    };
    const gap = isFork(flow, card) ? FORK_GAP_Y : GAP_Y;
    const below =
      card.next.length > 0 ? gap : canHaveNext(card, kinds) ? GAP_Y + OPEN_INSERT_POINT.height : GAP_X;
    const node = {
      width: CARD_WIDTH + GAP_X,
      height: size.height + below,
      children: [],
      x: 0,
      y: 0,
    };
    order.push(placed);
    nodes.push(node);
    return { placed, node };
  };

  // A stack instead of recursion, because authors determine the depth of a document.
  const pending: { id: string; parent: PlacedCard; node: TidyNode; index: number; siblings: number }[] = [];
  const queueChildren = (entry: { placed: PlacedCard; node: TidyNode }) => {
    const { next } = entry.placed.card;
    for (let i = next.length - 1; i >= 0; i--) {
      pending.push({ id: next[i]!, parent: entry.placed, node: entry.node, index: i, siblings: next.length });
    }
  };
  queueChildren(visit(rootId, root, null, 0, 1));
  while (pending.length > 0) {
    const { id, parent, node, index, siblings } = pending.pop()!;
    const card = flow.cards[id];
    if (!card) continue;
    const entry = visit(id, card, parent, index, siblings);
    node.children.push(entry.node);
    queueChildren(entry);
  }

  placeTidyTree(nodes[0]!);
  const shift = nodes[0]!.x;
  for (const [i, placed] of order.entries()) {
    placed.x = nodes[i]!.x - shift;
    placed.y = nodes[i]!.y;
  }
  const byId = new Map(order.map((placed) => [placed.id, placed]));
  const insertPoints = new Map<string, InsertPoint>();
  for (const placed of order) {
    const insertPoint = findInsertPoint(placed, kinds);
    if (insertPoint) insertPoints.set(placed.id, insertPoint);
  }
  return { order, byId, insertPoints, bounds: boundsOf([...order, ...insertPoints.values()]) };
}

/** Returns whether more than one path can leave a card. */
export function isFork(flow: Flow, card: Card): boolean {
  if (card.kind === 'buttons') return true;
  const first = card.next[0];
  const kind = first === undefined ? undefined : flow.cards[first]?.kind;
  return kind === 'condition' || kind === 'else';
}

/** Returns the id of the start card, or `''`. */
export function findStart(flow: Flow): string {
  for (const id in flow.cards) if (flow.cards[id]!.kind === 'start') return id;
  return '';
}

/** Returns the y position of the bus of the branches below `parent`. */
export function busHeight(parent: PlacedCard): number {
  return parent.y + parent.height + BUS_OFFSET;
}

function findInsertPoint(placed: PlacedCard, kinds: EditorKinds): InsertPoint | null {
  if (!canHaveNext(placed.card, kinds)) return null;
  const centre = placed.x + placed.width / 2;
  const bottom = placed.y + placed.height;
  if (placed.card.next.length === 0) {
    return {
      parentId: placed.id,
      kind: 'open',
      x: centre - OPEN_INSERT_POINT.width / 2,
      y: bottom + 28,
      ...OPEN_INSERT_POINT,
    };
  }
  return {
    parentId: placed.id,
    kind: 'edge',
    x: centre - 12,
    y: bottom + ADD_OFFSET - 12,
    width: 24,
    height: 24,
  };
}

function boundsOf(boxes: Box[]): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
