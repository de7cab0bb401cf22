import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { countFor } from '../support/run-size.ts';
import { openThread } from './threads.ts';

const thread = openThread(new URL('interleavings.ts', import.meta.url));
after(() => thread.end());

// Every further commit multiplies the orders by ten. `.ci/run` tries more than 100,000 in total.
for (const [hostEvents, telling, commits, least] of [
  ['with their events', 'whole', ...countFor<[number, number]>({ test: [3, 8_000], ci: [4, 90_000] })],
  ['too large to carry events', 'empty', 3, 9_000],
  ['lost but for the last', 'lost', 5, 1_000],
] as const)
  test(`between a snapshot and its stream no event is lost, in every order (host events ${hostEvents})`, async (t) => {
    const orders = await thread.call<number>('exploreInterleavings', telling, commits);
    t.diagnostic(`${orders} orders`);
    assert.ok(orders >= least);
  });
