import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../database/database.ts';
import { isHostProblem } from '../problem.ts';
import { createHealthCheck } from './health.ts';

function createBench(answer: () => Promise<unknown>) {
  const state = { asked: 0, now: 0 };
  const run = () => {
    state.asked += 1;
    return answer();
  };
  const database = { run } as unknown as Pick<Database, 'run'>;
  return { state, check: createHealthCheck(database, { timeoutMs: 5, now: () => state.now }) };
}

test('the database is queried at most once a second for any number of health checks', async () => {
  const { state, check } = createBench(() => Promise.resolve());
  for (let index = 0; index < 100; index++) await check();
  state.now = 999;
  await check();
  assert.equal(state.asked, 1);
  state.now = 1_000;
  await check();
  assert.equal(state.asked, 2);
});

test('a failure is cached as long as a success, then queried again', async () => {
  let isAway = true;
  const { state, check } = createBench(() =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(),
  );
  await assert.rejects(check(), /away/);
  isAway = false;
  await assert.rejects(check(), /away/);
  state.now = 1_000;
  await check();
});

test('a hanging database is queried once, and each caller waits at most its timeout', async () => {
  const { state, check } = createBench(() => new Promise(() => {}));
  for (const now of [0, 2_000, 4_000]) {
    state.now = now;
    await assert.rejects(check(), (error) => isHostProblem(error) && error.code === 'overloaded');
  }
  assert.equal(state.asked, 1);
});
