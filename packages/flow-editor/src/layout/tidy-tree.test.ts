import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeTidyTree, type TidyNode } from './tidy-tree.ts';

function node(height: number, ...children: TidyNode[]): TidyNode {
  return { width: 100, height, children, x: 0, y: 0 };
}

function all(root: TidyNode): TidyNode[] {
  return [root, ...root.children.flatMap(all)];
}

/** Creates a tree from a seed, so that the trees are the same in every run. */
function randomTree(seed: number, size: number): TidyNode {
  let state = seed;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const nodes = [node(60)];
  while (nodes.length < size) {
    const child = node(40 + Math.floor(next() * 5) * 20);
    nodes[Math.floor(next() * nodes.length)]!.children.push(child);
    nodes.push(child);
  }
  return nodes[0]!;
}

test('a parent is centered above its children', () => {
  const root = node(50, node(50), node(50), node(50));
  placeTidyTree(root);
  assert.deepEqual(
    root.children.map((child) => child.x - root.children[0]!.x),
    [0, 100, 200],
  );
  assert.equal(root.x, root.children[1]!.x);
  assert.equal(root.children[0]!.y, 50);
});

test('a chain is a straight line', () => {
  const root = node(30, node(70, node(20)));
  placeTidyTree(root);
  assert.equal(root.x, root.children[0]!.x);
  assert.equal(root.children[0]!.children[0]!.x, root.x);
  assert.equal(root.children[0]!.children[0]!.y, 100);
});

test('no two nodes overlap and siblings keep their order, in trees of every shape', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const root = randomTree(seed, 70);
    placeTidyTree(root);
    const nodes = all(root);
    for (const parent of nodes) {
      for (let i = 1; i < parent.children.length; i++) {
        assert.ok(parent.children[i]!.x >= parent.children[i - 1]!.x + 100 - 1e-6, `order, seed ${seed}`);
      }
    }
    for (const [i, a] of nodes.entries()) {
      for (const b of nodes.slice(i + 1)) {
        const apart =
          a.x + 100 <= b.x + 1e-6 ||
          b.x + 100 <= a.x + 1e-6 ||
          a.y + a.height <= b.y + 1e-6 ||
          b.y + b.height <= a.y + 1e-6;
        assert.ok(apart, `overlap, seed ${seed}`);
      }
    }
  }
});

test('a deep tree is placed without recursion', () => {
  let root = node(10);
  for (let i = 0; i < 20_000; i++) root = node(10, root);
  placeTidyTree(root);
  assert.equal(root.x, 0);
});
