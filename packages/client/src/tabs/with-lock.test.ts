import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeRuntime } from '../testing/fake-runtime.ts';
import { withLock } from './with-lock.ts';

/** Locks that are free, or that another tab holds forever. */
function locksOf(isHeld: boolean): LockManager {
  const request = (_name: string, { signal }: LockOptions, action: () => Promise<unknown>) =>
    isHeld
      ? new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)))
      : action();
  return { request } as unknown as LockManager;
}

test('a frozen tab that holds the lock blocks the other tabs for at most five seconds', async () => {
  const runtime = fakeRuntime();
  let runs = 0;
  const done = withLock(locksOf(true), 'x', runtime, async () => ++runs);
  await runtime.pass(4_999);
  assert.equal(runs, 0);
  await runtime.pass(1);
  assert.equal(await done, 1);
});

test('a function that fails under the lock is not run a second time', async () => {
  const runtime = fakeRuntime();
  let runs = 0;
  const fail = async () => {
    runs += 1;
    throw new Error('no');
  };
  await assert.rejects(withLock(locksOf(false), 'x', runtime, fail), /no/);
  await assert.rejects(withLock(undefined, 'x', runtime, fail), /no/);
  assert.deepEqual([runs, runtime.timers], [2, 0]);
});
