import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './verdict.ts';

const found = {
  flow: { id: 'f', version: 1 },
  effects: [{ kind: 'end' as const, cardId: 'a', reason: 'assigned' as const }],
};

test('order of members and members that are undefined do not matter', () => {
  const effects = [{ reason: 'assigned' as const, cardId: 'a', kind: 'end' as const, imageUrl: undefined }];
  assert.equal(judge({ effects, flow: { version: 1, id: 'f' } }, found), 'equal');
});

test('a claim about another version is corrected even when the effects agree', () => {
  assert.equal(judge({ effects: found.effects, flow: { id: 'f', version: 2 } }, found), 'corrected');
  assert.equal(judge({ effects: found.effects, flow: null }, found), 'corrected');
  assert.equal(judge({ effects: found.effects }, found), 'equal', 'a claim that names no version');
});

test('more, fewer or other effects are corrected, none claimed is unclaimed', () => {
  assert.equal(judge({ effects: [] }, found), 'corrected');
  assert.equal(judge({ effects: [...found.effects, ...found.effects] }, found), 'corrected');
  assert.equal(judge({}, found), 'unclaimed');
});
