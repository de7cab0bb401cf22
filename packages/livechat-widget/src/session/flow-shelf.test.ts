import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicFlow } from '@alur/client';
import { askingFlow } from '../testing/flows.ts';
import { FlowShelf } from './flow-shelf.ts';

test('a flow that cannot be had is asked for once, and again only after a while', async () => {
  let asked = 0;
  const later: (() => void)[] = [];
  const shelf = new FlowShelf({
    fetch: async () => {
      asked += 1;
      throw new TypeError('no network');
    },
    zones: () => ({}),
    mayFetch: () => true,
    after: (_ms, action) => void later.push(action),
    onFlow: () => assert.fail('there is no flow'),
  });
  const pin = { id: 'flow', version: 1 };
  for (let letter = 0; letter < 20; letter++) {
    assert.equal(shelf.compiled(pin), null);
    await new Promise(setImmediate);
  }
  assert.deepEqual([asked, later.length], [1, 1]);
  later[0]!();
  shelf.compiled(pin);
  assert.equal(asked, 2);
});

test('a flow of a newer format is left to the host, and not asked for again', async () => {
  let asked = 0;
  const newer = { ...askingFlow('Halo'), format: 'alur.flow/9' } as unknown as PublicFlow;
  const shelf = new FlowShelf({
    fetch: async () => {
      asked += 1;
      return newer;
    },
    zones: () => ({}),
    mayFetch: () => true,
    after: () => assert.fail('it is here'),
    onFlow: () => assert.fail('it cannot be run here'),
  });
  const pin = { id: 'flow', version: 1 };
  assert.equal(shelf.compiled(pin), null);
  await new Promise(setImmediate);
  assert.equal(shelf.compiled(pin), null);
  assert.equal(asked, 1);
});
