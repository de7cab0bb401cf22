import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Flow } from '@alur/flow';
import { joinsFork, listAddChoices } from './add-choices.ts';
import { editorKinds } from './editor-kinds.ts';

function flow(cards: Record<string, Card>): Flow {
  return { format: 'alur.flow/2', id: 'flow_1', name: 'Uji', timeZone: 'Asia/Jakarta', cards };
}

const kindsBelow = (document: Flow, parentId: string) =>
  listAddChoices(document, parentId, editorKinds).map(({ kind }) => kind);

test('an open end accepts every card kind', () => {
  const kinds = kindsBelow(flow({ start: { kind: 'start', next: [] } }), 'start');
  assert.deepEqual(kinds, [
    'first-message-text',
    'first-message-time',
    'label',
    'collaborator',
    'message',
    'webhook',
    'jump',
    'buttons',
    'assign-ai',
    'assign-human',
  ]);
});

test('no card that ends the path is offered between two cards', () => {
  const document = flow({
    start: { kind: 'start', next: ['say'] },
    say: { kind: 'message', text: '', next: [] },
  });
  const kinds = kindsBelow(document, 'start');
  assert.equal(kinds.includes('jump'), false);
  assert.equal(kinds.includes('assign-ai'), false);
  assert.equal(kinds.includes('label'), true);
});

test('a message with buttons accepts up to ten buttons and nothing else', () => {
  const cards: Record<string, Card> = {
    start: { kind: 'start', next: ['ask'] },
    ask: { kind: 'buttons', text: '', next: ['else'] },
    else: { kind: 'else', next: [] },
  };
  assert.deepEqual(kindsBelow(flow(cards), 'ask'), ['button']);
  const ids = Array.from({ length: 10 }, (_, i) => `b${i}`);
  for (const id of ids) cards[id] = { kind: 'button', label: id, next: [] };
  cards['ask'] = { kind: 'buttons', text: '', next: [...ids, 'else'] };
  assert.deepEqual(kindsBelow(flow(cards), 'ask'), []);
});

test('a condition is added to an existing fork', () => {
  const document = flow({
    start: { kind: 'start', next: ['a', 'b'] },
    a: { kind: 'condition', test: null, next: [] },
    b: { kind: 'else', next: [] },
  });
  assert.equal(joinsFork(document, 'start'), true);
  assert.equal(joinsFork(document, 'a'), false);
});
