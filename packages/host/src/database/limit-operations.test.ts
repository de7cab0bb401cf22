import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Database } from './database.ts';
import { limitOperations } from './limit-operations.ts';

/** Creates a database whose operations take `ms` milliseconds, and notes when each began. */
function createSlow(ms: number) {
  const begun: number[] = [];
  const database = {
    run: async () => {
      begun.push(performance.now());
      await pauseFor(ms);
      return true;
    },
    notify() {},
  } as unknown as Database;
  return { database, begun };
}

test('paced operations leave half of the time to others, and callers do not wait for the pause', async () => {
  const { database, begun } = createSlow(40);
  const { run } = limitOperations(database, { atOnce: 1, isPaced: true });
  const first = run('ping', undefined).then(() => performance.now());
  const second = run('ping', undefined);
  const answered = await first;
  await second;
  assert.ok(begun[1]! - begun[0]! >= 75, `the second began after ${begun[1]! - begun[0]!} ms`);
  assert.ok(answered < begun[1]!, 'the first is answered before the second begins');
});

test('an operation that fails is reported, and the next one runs', async () => {
  let calls = 0;
  const database = {
    run: () => (++calls === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(true)),
    notify() {},
  } as unknown as Database;
  const { run } = limitOperations(database, { atOnce: 1, isPaced: true });
  await assert.rejects(run('ping', undefined), /broken/);
  assert.equal(await run('ping', undefined), true);
});
