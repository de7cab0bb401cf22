import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Flow } from '@alur/flow';
import { drawEdges, drawEdgeTo } from './edge-path.ts';
import { layoutFlow } from './flow-layout.ts';
import { findNeighbour } from './neighbours.ts';
import { doBoxesMeet } from './viewport.ts';
import { editorKinds } from '../kinds/editor-kinds.ts';

function flow(cards: Record<string, Card>): Flow {
  return { format: 'alur.flow/2', id: 'flow_1', name: 'Jam kerja', timeZone: 'Asia/Jakarta', cards };
}

const small = flow({
  start: { kind: 'start', next: ['vip', 'hours', 'rest'] },
  vip: {
    kind: 'condition',
    test: { kind: 'first-message-text', keywords: ['vip'] },
    next: ['mark'],
  },
  hours: {
    kind: 'condition',
    test: { kind: 'first-message-time', windows: [{ from: '09:00', to: '17:00' }] },
    next: [],
  },
  rest: { kind: 'else', next: ['end'] },
  mark: { kind: 'label', labelIds: [], next: [] },
  end: { kind: 'assign-ai', aiAgentId: null, agentIds: [], next: [] },
});

test('branches are placed in order and the start card is at the origin', () => {
  const layout = layoutFlow(small, editorKinds);
  const start = layout.byId.get('start')!;
  assert.deepEqual([start.x, start.y], [0, 0]);
  const [vip, hours, rest] = ['vip', 'hours', 'rest'].map((id) => layout.byId.get(id)!);
  assert.ok(vip!.x < hours!.x && hours!.x < rest!.x);
  assert.equal(hours!.x, 0);
  assert.deepEqual([rest!.index, rest!.siblings, rest!.depth], [2, 3, 1]);
});

test('an unfinished path has an open insert point, a continued path has a plus, an end has neither', () => {
  const { insertPoints } = layoutFlow(small, editorKinds);
  assert.equal(insertPoints.get('hours')?.kind, 'open');
  assert.equal(insertPoints.get('mark')?.kind, 'open');
  assert.equal(insertPoints.get('start')?.kind, 'edge');
  assert.equal(insertPoints.get('rest')?.kind, 'edge');
  assert.equal(insertPoints.has('end'), false);
});

test('cards and insert points do not overlap', () => {
  const layout = layoutFlow(small, editorKinds);
  const boxes = [...layout.order, ...layout.insertPoints.values()];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) assert.equal(doBoxesMeet(a, b), false);
  }
});

test('the reading order goes down the first branch before the second', () => {
  const ids = layoutFlow(small, editorKinds).order.map((card) => card.id);
  assert.deepEqual(ids, ['start', 'vip', 'mark', 'hours', 'rest', 'end']);
});

test('every card has a line to each child or its open insert point, and distant lines are separate', () => {
  const layout = layoutFlow(small, editorKinds);
  const lines = [...drawEdges(layout).values()].join('');
  assert.equal(lines.match(/M/g)?.length, 7);
  assert.ok(drawEdgeTo(layout, 'vip').endsWith(`V${layout.byId.get('vip')!.y}`));
  assert.equal(drawEdgeTo(layout, 'start'), '');
  const cards: Record<string, Card> = { start: { kind: 'start', next: [] } };
  for (let i = 0; i < 30; i++) {
    cards.start!.next.push(`b${i}`);
    cards[`b${i}`] = i < 29 ? { kind: 'condition', test: null, next: [] } : { kind: 'else', next: [] };
  }
  assert.ok(drawEdges(layoutFlow(flow(cards), editorKinds)).size > 3);
});

test('arrow keys move to the parent, the middle child, siblings and cousins', () => {
  const layout = layoutFlow(small, editorKinds);
  assert.equal(findNeighbour(layout, 'start', 'down'), 'hours');
  assert.equal(findNeighbour(layout, 'hours', 'left'), 'vip');
  assert.equal(findNeighbour(layout, 'hours', 'up'), 'start');
  assert.equal(findNeighbour(layout, 'mark', 'right'), 'end');
  assert.equal(findNeighbour(layout, 'end', 'right'), null);
  assert.equal(findNeighbour(layout, 'start', 'up'), null);
});

test('a document without a start card gives an empty layout', () => {
  assert.deepEqual(layoutFlow(flow({}), editorKinds).order, []);
});

test('a thousand cards are placed in a few milliseconds, and five thousand nested ones without recursion', () => {
  const cards: Record<string, Card> = { start: { kind: 'start', next: ['c1'] } };
  for (let i = 1; i < 5000; i++) {
    cards[`c${i}`] = { kind: 'label', labelIds: [], next: i < 4999 ? [`c${i + 1}`] : [] };
  }
  assert.equal(layoutFlow(flow(cards), editorKinds).order.length, 5000);
});
