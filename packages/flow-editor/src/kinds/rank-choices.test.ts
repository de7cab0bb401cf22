import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFlow } from '@alur/flow';
import { en } from '../strings/en.ts';
import { id } from '../strings/id.ts';
import { listAddChoices } from './add-choices.ts';
import { rankChoices } from './rank-choices.ts';

const choices = listAddChoices(emptyFlow({ id: 'flow_1', name: 'Flow', timeZone: 'UTC' }), 'start');
const first = (query: string, strings = en): string | undefined =>
  rankChoices(choices, query, strings)[0]?.kind;

test('the beginning of a word of the name ranks before anything else', () => {
  assert.equal(first('ai'), 'assign-ai');
  assert.equal(first('human'), 'assign-human');
  assert.equal(first('webh'), 'webhook');
  assert.equal(first('message w'), 'buttons');
});

test('groups and search words rank before hints and letters inside words', () => {
  assert.equal(first('end'), 'assign-ai');
  assert.equal(first('akhir', id), 'assign-ai');
  assert.equal(first('tombol', id), 'buttons');
  assert.equal(first('crm'), 'webhook');
});

test('every word has to match, and a blank query keeps the order', () => {
  assert.deepEqual(rankChoices(choices, 'xyz', en), []);
  assert.deepEqual(rankChoices(choices, '  ', en), choices);
});

test('choices of one group stay together', () => {
  for (const query of ['a', 'e', 'message', 'k', 's']) {
    const groups = rankChoices(choices, query, en).map(({ group }) => group);
    assert.equal(
      groups.filter((group, index) => group !== groups[index - 1]).length,
      new Set(groups).size,
      query,
    );
  }
});
