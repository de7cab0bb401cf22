import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Flow } from '@alur/flow';
import { layoutFlow } from '../layout/flow-layout.ts';
import { id as indonesian } from '../strings/id.ts';
import { nameInsertPoint } from './name-insert-point.ts';
import { editorKinds } from './editor-kinds.ts';

const condition = (next: string[]): Card => ({
  kind: 'condition',
  test: { kind: 'first-message-text', keywords: ['a'] },
  next,
});
const flow: Flow = {
  format: 'alur.flow/2',
  id: 'flow_1',
  name: 'Uji',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['one', 'two', 'rest'] },
    one: condition(['inner', 'innerRest']),
    two: condition([]),
    rest: { kind: 'else', next: [] },
    inner: condition([]),
    innerRest: { kind: 'else', next: [] },
  },
};
const layout = layoutFlow(flow, editorKinds);
const name = (cardId: string, isOpen = false) =>
  nameInsertPoint(layout.byId.get(cardId)!, isOpen, layout, indonesian, editorKinds);

test('every insert point of a flow has a unique name', () => {
  const names = layout.order.map(({ id }) => name(id));
  assert.deepEqual(names.length, new Set(names).size);
  assert.equal(name('rest'), 'Tambahkan di bawah Else (Start Point)');
  assert.equal(name('innerRest'), 'Tambahkan di bawah Else (First Message Text, 1 dari 3)');
  assert.equal(name('two', true), 'Jalur belum selesai. Tambahkan di bawah First Message Text, 2 dari 3');
});
