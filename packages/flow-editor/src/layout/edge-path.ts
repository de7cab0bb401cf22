import { busHeight, type FlowLayout, type PlacedCard } from './flow-layout.ts';

/** Radius of a corner in a line. */
const RADIUS = 10;

/** Size of the tiles whose lines share an SVG path, in units of the canvas content. */
const FIELD = { width: 2400, height: 1600 };

/**
 * Returns the lines of a flow as SVG paths, by tile: from each card to its children, or to the placeholder of
 * its unfinished path. One path per line would create too many elements. One path for all lines would be
 * painted completely if any part is visible.
 */
export function drawEdges(layout: FlowLayout): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const parent of layout.order) {
    const line = drawBelow(layout, parent);
    if (line === '') continue;
    const field = `${Math.floor(parent.x / FIELD.width)},${Math.floor(parent.y / FIELD.height)}`;
    fields.set(field, (fields.get(field) ?? '') + line);
  }
  return fields;
}

function drawBelow(layout: FlowLayout, parent: PlacedCard): string {
  const children = childrenOf(layout, parent);
  if (children.length > 0) return drawChildren(parent, children);
  const insertPoint = layout.insertPoints.get(parent.id);
  return insertPoint ? `M${middle(parent)} ${bottom(parent)}V${insertPoint.y}` : '';
}

/** Returns the line from a card to one of its children, to highlight a path. */
export function drawEdgeTo(layout: FlowLayout, childId: string): string {
  const child = layout.byId.get(childId);
  const parent = child?.parentId ? layout.byId.get(child.parentId) : undefined;
  if (!child || !parent) return '';
  return `M${middle(parent)} ${bottom(parent)}${drawDrop(parent, child)}`;
}

/** Returns the curved line from a jump to its target, shown only for the selected card. */
export function drawJump(from: PlacedCard, to: PlacedCard): string {
  const toRight = middle(to) >= middle(from);
  const startX = toRight ? from.x + from.width : from.x;
  const startY = from.y + from.height / 2;
  const endX = toRight ? to.x : to.x + to.width;
  const endY = to.y + to.height / 2;
  const bend = Math.max(48, Math.abs(endX - startX) / 2) * (toRight ? 1 : -1);
  return `M${startX} ${startY}C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`;
}

function childrenOf(layout: FlowLayout, parent: PlacedCard): PlacedCard[] {
  const children: PlacedCard[] = [];
  for (const id of parent.card.next) {
    const child = layout.byId.get(id);
    if (child) children.push(child);
  }
  return children;
}

function drawChildren(parent: PlacedCard, children: PlacedCard[]): string {
  const x = middle(parent);
  if (children.length === 1) {
    return `M${x} ${bottom(parent)}V${children[0]!.y}`;
  }
  const bus = busHeight(parent);
  const first = children[0]!;
  const last = children.at(-1)!;
  let path = `M${x} ${bottom(parent)}V${bus}`;
  path += `M${middle(first)} ${first.y}${cornerUp(bus)}H${middle(last) - RADIUS}`;
  path += `q${RADIUS} 0 ${RADIUS} ${RADIUS}V${last.y}`;
  for (const child of children.slice(1, -1)) path += `M${middle(child)} ${bus}V${child.y}`;
  return path;
}

/** Returns the path up from a card and around the corner to the bus. */
function cornerUp(bus: number): string {
  return `V${bus + RADIUS}q0 ${-RADIUS} ${RADIUS} ${-RADIUS}`;
}

function drawDrop(parent: PlacedCard, child: PlacedCard): string {
  const distance = middle(child) - middle(parent);
  if (Math.abs(distance) < 1) return `V${child.y}`;
  const radius = Math.min(RADIUS, Math.abs(distance)) * Math.sign(distance);
  return `V${busHeight(parent)}H${middle(child) - radius}q${radius} 0 ${radius} ${RADIUS}V${child.y}`;
}

function middle(card: PlacedCard): number {
  return card.x + card.width / 2;
}

function bottom(card: PlacedCard): number {
  return card.y + card.height;
}
