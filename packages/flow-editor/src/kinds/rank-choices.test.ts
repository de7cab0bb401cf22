import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFlow } from '@alur/flow';
import { en } from '../strings/en.ts';
import { id } from '../strings/id.ts';
import { listAddChoices } from './add-choices.ts';
import { rankChoices } from './rank-choices.ts';
import { editorKinds } from './editor-kinds.ts';

const choices = listAddChoices(
  emptyFlow({ id: 'flow_1', name: 'Flow', timeZone: 'UTC' }),
  'start',
  editorKinds,
);
const first = (query: string, strings = en): string | undefined =>
  rankChoices(choices, query, strings)[0]?.kind;

test('matches at the start of a word of the name rank first', () => {
  assert.equal(first('ai'), 'assign-ai');
  assert.equal(first('human'), 'assign-human');
  assert.equal(first('webh'), 'webhook');
  assert.equal(first('message w'), 'buttons');
});

test('matches in groups and search words rank before hints and matches inside words', () => {
  assert.equal(first('end'), 'assign-ai');
  assert.equal(first('akhir', id), 'assign-ai');
  assert.equal(first('tombol', id), 'buttons');
  assert.equal(first('crm'), 'webhook');
});

test('every word must match, and a blank query keeps the order', () => {
  assert.deepEqual(rankChoices(choices, 'xyz', en), []);
  assert.deepEqual(rankChoices(choices, '  ', en), choices);
});

test('choices of one group are adjacent', () => {
  for (const query of ['a', 'e', 'message', 'k', 's']) {
    const groups = rankChoices(choices, query, en).map(({ group }) => group);
    assert.equal(
      groups.filter((group, index) => group !== groups[index - 1]).length,
      new Set(groups).size,
      query,
    );
  }
});
