import assert from 'node:assert/strict';
import { test } from 'node:test';
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
