import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFlow, type FlowChange } from '@alur/flow';
import { editorKinds } from '../kinds/editor-kinds.ts';
import { addBelow, moveCard, planDelete, renameFlow, setFields } from './document-edits.ts';
import { EditorStore } from './editor-store.ts';

function setUp() {
  const heard: FlowChange[] = [];
  const clock = { now: 0 };
  const store = new EditorStore(
    (_flow, change) => heard.push(change),
    () => clock.now,
  );
  store.load(emptyFlow({ id: 'flow_1', name: 'Lama', timeZone: 'Asia/Jakarta' }));
  const flow = () => store.$flow.get()!;
  const rename = (name: string, mergeKey?: string) =>
    store.commit(renameFlow(flow(), name), { label: 'rename', ...(mergeKey && { mergeKey }) });
  return { store, heard, clock, flow, rename };
}

test('undo and redo apply every change and restore the document exactly', () => {
  const { store, flow, rename } = setUp();
  const first = flow();
  store.commit(addBelow(flow(), 'start', 'first-message-text', editorKinds)!.change, { label: 'add' });
  rename('Baru');
  const last = flow();
  assert.deepEqual([store.undo(), store.undo(), store.undo()], ['rename', 'add', null]);
  assert.equal(flow(), first);
  assert.deepEqual([store.redo(), store.redo(), store.redo()], ['add', 'rename', null]);
  assert.equal(flow(), last);
});

test('a change after an undo clears the redo history', () => {
  const { store, rename } = setUp();
  rename('A');
  store.undo();
  rename('B');
  assert.equal(store.canRedo, false);
});

test('typing in one field is one step until a pause or a save', () => {
  const { store, clock, flow, rename } = setUp();
  rename('A', 'name');
  rename('AB', 'name');
  clock.now += 5000;
  rename('ABC', 'name');
  store.markSaved(flow(), store.$revision.get(), 1, true);
  rename('ABCD', 'name');
  const names = [];
  while (store.undo() !== null) names.push(flow().name);
  assert.deepEqual(names, ['ABC', 'AB', 'Lama']);
});

test('undoing to the saved state is clean, and saving keeps the history', () => {
  const { store, flow, rename } = setUp();
  assert.equal(store.isDirty, false);
  rename('A');
  store.markSaved(flow(), store.$revision.get(), 1, true);
  rename('B');
  assert.equal(store.isDirty, true);
  store.undo();
  assert.equal(store.isDirty, false);
  store.undo();
  assert.equal(store.isDirty, true);
});

test('every step emits a change that transforms one document into the next', () => {
  const { store, heard, rename } = setUp();
  rename('A', 'name');
  rename('AB', 'name');
  store.undo();
  assert.equal(heard.length, 3);
  assert.equal(heard[2]!.kind, 'group');
});

test('a deleted card is not selected', () => {
  const { store, flow } = setUp();
  const added = addBelow(flow(), 'start', 'label', editorKinds)!;
  store.commit(added.change, { label: 'add', select: added.cardId });
  store.undo();
  assert.equal(store.$selected.get(), null);
});

test('a deletion plan counts cards and jumps, and keeps the path below Else', () => {
  const { store, flow } = setUp();
  const condition = addBelow(flow(), 'start', 'first-message-text', editorKinds)!;
  store.commit(condition.change, { label: 'add' });
  const label = addBelow(flow(), condition.cardId, 'label', editorKinds)!;
  store.commit(label.change, { label: 'add' });
  const elseId = flow().cards['start']!.next[1]!;
  const jump = addBelow(flow(), elseId, 'jump', editorKinds)!;
  store.commit(jump.change, { label: 'add' });
  store.commit(setFields(flow(), jump.cardId, { to: label.cardId }), { label: 'edit' });
  const plan = planDelete(flow(), condition.cardId)!;
  assert.deepEqual([plan.count, plan.jumps, plan.takesElse], [3, 1, true]);
  store.commit(plan.change, { label: 'delete' });
  assert.deepEqual(flow().cards['start']!.next, [jump.cardId]);
});

test('a branch moves between its siblings and never past Else', () => {
  const { store, flow } = setUp();
  const first = addBelow(flow(), 'start', 'first-message-text', editorKinds)!;
  store.commit(first.change, { label: 'add' });
  assert.equal(moveCard(flow(), first.cardId, 1, editorKinds), null);
  assert.equal(moveCard(flow(), first.cardId, -1, editorKinds), null);
  const second = addBelow(flow(), 'start', 'first-message-time', editorKinds)!;
  store.commit(second.change, { label: 'add' });
  store.commit(moveCard(flow(), first.cardId, 1, editorKinds), { label: 'move' });
  assert.deepEqual(flow().cards['start']!.next.slice(0, 2), [second.cardId, first.cardId]);
});
