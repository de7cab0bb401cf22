import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENGINE_REVISION } from '@alur/flow';
import { compareClaim } from './compare-claim.ts';

const found = {
  flow: { id: 'f', version: 1 },
  effects: [{ kind: 'end' as const, cardId: 'a', reason: 'assigned' as const }],
};

const { flow } = found;
const current = { engineRevision: ENGINE_REVISION };

test('order of members and members that are undefined do not matter', () => {
  const effects = [{ reason: 'assigned' as const, cardId: 'a', kind: 'end' as const, imageUrl: undefined }];
  assert.deepEqual(compareClaim({ effects, flow: { version: 1, id: 'f' } }, found), { verdict: 'equal' });
});

test('a claim about another version is corrected even when the effects agree', () => {
  const { effects } = found;
  for (const engineRevision of [ENGINE_REVISION, 1])
    for (const flow of [{ id: 'f', version: 2 }, null])
      assert.deepEqual(compareClaim({ effects, flow, engineRevision }, found), { verdict: 'corrected' });
  assert.deepEqual(compareClaim({ effects }, found), { verdict: 'equal' }, 'a claim that names no version');
});

test('more, fewer or other effects are corrected, a missing claim is unclaimed', () => {
  const twice = [...found.effects, ...found.effects];
  for (const effects of [[], twice])
    assert.deepEqual(compareClaim({ ...current, effects }, found), { verdict: 'corrected' });
  assert.deepEqual(compareClaim(current, found), { verdict: 'unclaimed' });
});

test('effects that differ between engine revisions are corrected for that reason', () => {
  const corrected = { verdict: 'corrected', reason: 'revision' };
  for (const revision of [{}, { engineRevision: 1 }, { engineRevision: ENGINE_REVISION + 1 }]) {
    assert.deepEqual(compareClaim({ ...revision, effects: [] }, found), corrected);
    assert.deepEqual(compareClaim({ ...revision, effects: [], flow }, found), corrected);
    assert.deepEqual(compareClaim({ ...revision, effects: found.effects }, found), { verdict: 'equal' });
  }
});
