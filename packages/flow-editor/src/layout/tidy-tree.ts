/**
 * Input node. `width` and `height` include the space to the right and below. `x` and `y` (left, top) are the
 * result.
 */
export interface TidyNode {
  width: number;
  height: number;
  children: TidyNode[];
  x: number;
  y: number;
}

/** State of a node while the algorithm runs. */
interface Work {
  node: TidyNode;
  children: Work[];
  bottom: number;
  prelim: number;
  mod: number;
  shift: number;
  change: number;
  /** Threads: next node of the left and right contour, below a leaf. */
  leftThread: Work | null;
  rightThread: Work | null;
  /** Lowest nodes of the left and right contour, and the sums of `mod` on the path to them. */
  extremeLeft: Work;
  extremeRight: Work;
  modToExtremeLeft: number;
  modToExtremeRight: number;
}

/** Linked list of the left siblings that are lowest at a given height, nearest first. */
interface LowestSibling {
  bottom: number;
  index: number;
  next: LowestSibling | null;
}

/**
 * Places an ordered tree top-down: siblings keep their order from left to right, a parent stands centred
 * above its children, subtrees sit as close as their outlines allow. Linear time, no recursion.
 *
 * Source: A. van der Ploeg, "Drawing Non-layered Tidy Trees in Linear Time" (2014). A general graph layout
 * would be free to swap siblings; here the order of siblings is the order of evaluation.
 */
export function placeTidyTree(root: TidyNode): void {
  const order = prepare(root);
  for (let i = order.length - 1; i >= 0; i--) gatherChildren(order[i]!);
  const sums = new Map<Work, number>();
  for (const work of order) {
    const sum = (sums.get(work) ?? 0) + work.mod;
    work.node.x = sum + work.prelim;
    spreadShifts(work);
    for (const child of work.children) sums.set(child, sum);
  }
}

/** Sets the `y` of every node and creates its state, parents before children. */
function prepare(root: TidyNode): Work[] {
  root.y = 0;
  const first = createWork(root);
  const order: Work[] = [first];
  for (let i = 0; i < order.length; i++) {
    const work = order[i]!;
    for (const node of work.node.children) {
      node.y = work.bottom;
      const child = createWork(node);
      work.children.push(child);
      order.push(child);
    }
  }
  return order;
}

function createWork(node: TidyNode): Work {
  const work = {
    node,
    children: [],
    bottom: node.y + node.height,
    prelim: 0,
    mod: 0,
    shift: 0,
    change: 0,
    leftThread: null,
    rightThread: null,
    modToExtremeLeft: 0,
    modToExtremeRight: 0,
  } as unknown as Work;
  work.extremeLeft = work;
  work.extremeRight = work;
  return work;
}

function gatherChildren(work: Work): void {
  const { children } = work;
  if (children.length === 0) return;
  let lowest = pushLowest(children[0]!.extremeLeft.bottom, 0, null);
  for (let i = 1; i < children.length; i++) {
    const bottom = children[i]!.extremeRight.bottom;
    separate(work, i, lowest);
    lowest = pushLowest(bottom, i, lowest);
  }
  const first = children[0]!;
  const last = children.at(-1)!;
  work.prelim =
    (first.prelim + first.mod + last.mod + last.prelim + last.node.width) / 2 - work.node.width / 2;
  work.extremeLeft = first.extremeLeft;
  work.modToExtremeLeft = first.modToExtremeLeft;
  work.extremeRight = last.extremeRight;
  work.modToExtremeRight = last.modToExtremeRight;
}

/** Moves child `index` right until its left outline clears the right outline of its left siblings. */
function separate(parent: Work, index: number, siblings: LowestSibling): void {
  let lowest: LowestSibling | null = siblings;
  let right: Work | null = parent.children[index - 1]!;
  let rightSum = right.mod;
  let left: Work | null = parent.children[index]!;
  let leftSum = left.mod;
  while (right && left) {
    if (lowest && right.bottom > lowest.bottom) lowest = lowest.next;
    const overlap = rightSum + right.prelim + right.node.width - (leftSum + left.prelim);
    if (overlap > 0) {
      leftSum += overlap;
      moveSubtree(parent, index, lowest?.index ?? index - 1, overlap);
    }
    const rightBottom: number = right.bottom;
    const leftBottom: number = left.bottom;
    if (rightBottom <= leftBottom) {
      right = right.children.at(-1) ?? right.rightThread;
      if (right) rightSum += right.mod;
    }
    if (rightBottom >= leftBottom) {
      left = left.children[0] ?? left.leftThread;
      if (left) leftSum += left.mod;
    }
  }
  if (left) setLeftThread(parent, index, left, leftSum);
  else if (right) setRightThread(parent, index, right, rightSum);
}

function moveSubtree(parent: Work, index: number, sibling: number, distance: number): void {
  const child = parent.children[index]!;
  child.mod += distance;
  child.modToExtremeLeft += distance;
  child.modToExtremeRight += distance;
  if (sibling === index - 1) return;
  // Distribute the free space among the siblings between the two that touch.
  const gaps = index - sibling;
  parent.children[sibling + 1]!.shift += distance / gaps;
  child.shift -= distance / gaps;
  child.change -= distance - distance / gaps;
}

function setLeftThread(parent: Work, index: number, to: Work, sum: number): void {
  const first = parent.children[0]!;
  const child = parent.children[index]!;
  const from = first.extremeLeft;
  from.leftThread = to;
  const difference = sum - to.mod - first.modToExtremeLeft;
  from.mod += difference;
  from.prelim -= difference;
  first.extremeLeft = child.extremeLeft;
  first.modToExtremeLeft = child.modToExtremeLeft;
}

function setRightThread(parent: Work, index: number, to: Work, sum: number): void {
  const child = parent.children[index]!;
  const before = parent.children[index - 1]!;
  const from = child.extremeRight;
  from.rightThread = to;
  const difference = sum - to.mod - child.modToExtremeRight;
  from.mod += difference;
  from.prelim -= difference;
  child.extremeRight = before.extremeRight;
  child.modToExtremeRight = before.modToExtremeRight;
}

function spreadShifts(work: Work): void {
  let shift = 0;
  let sum = 0;
  for (const child of work.children) {
    shift += child.shift;
    sum += shift + child.change;
    child.mod += sum;
  }
}

function pushLowest(bottom: number, index: number, next: LowestSibling | null): LowestSibling {
  let rest = next;
  while (rest && bottom >= rest.bottom) rest = rest.next;
  return { bottom, index, next: rest };
}
