import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../strings/en.ts';
import { describeSaveState, isDirty, type SaveFacts } from './save-state.ts';

const saved: SaveFacts = {
  revision: 4,
  savedRevision: 4,
  version: 3,
  isLive: true,
  phase: 'idle',
  errorCount: 0,
  isReadonly: false,
};

const word = (facts: Partial<SaveFacts>) => describeSaveState({ ...saved, ...facts }, en).text;

test('a saved and live version is shown as live', () => {
  assert.equal(word({}), 'Saved · Live v3');
});

test('a draft has the reason why it is not live', () => {
  assert.equal(word({ isLive: false, errorCount: 2 }), 'Draft v3, not live: 2 problems');
  assert.equal(word({ isLive: false }), 'Saved · Draft v3, not live');
});

test('an edit makes the state dirty, and undoing to the saved revision makes it clean', () => {
  assert.equal(word({ revision: 5 }), 'Unsaved changes');
  assert.equal(isDirty({ revision: 5, savedRevision: 4 }), true);
  assert.equal(word({ revision: 4 }), 'Saved · Live v3');
});

test('a save in progress, failed or in conflict is shown before other states', () => {
  assert.equal(word({ phase: 'saving', revision: 5 }), 'Saving…');
  assert.equal(word({ phase: 'failed', revision: 5 }), 'Not saved');
  assert.equal(word({ phase: 'conflict', revision: 5 }), 'Changed elsewhere');
});

test('a flow without a version is not saved yet', () => {
  assert.equal(word({ version: null, isLive: false }), 'Not saved yet');
});
