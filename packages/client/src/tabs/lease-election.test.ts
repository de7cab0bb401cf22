import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeRuntime } from '../testing/fake-runtime.ts';
import { createLeadership } from './leadership.ts';

test('a leader that steps down releases its lease unless the lease has expired', async () => {
  const clock = fakeRuntime();
  let asleep = 0;
  const runtime = { ...clock, now: () => clock.now() + asleep };
  const asked: number[] = [];
  const elect = () =>
    createLeadership({
      name: 'x',
      runtime,
      lease: async (ms) => {
        asked.push(ms);
        return true;
      },
      askLeader() {},
      isWatched: () => true,
      onChange() {},
    });
  const awake = elect();
  awake.stand();
  await clock.pass(3_000);
  awake.stepDown();
  assert.equal(asked.at(-1), 0);

  // Its timers stopped while the clock continued.
  const frozen = elect();
  frozen.stand();
  await clock.pass(0);
  asleep = 60_000;
  frozen.stepDown();
  assert.notEqual(asked.at(-1), 0);
});
