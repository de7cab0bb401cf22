import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostProblem } from '../problem.ts';
import { createFairQueue, shareOf, type FairQueueOptions } from './fair-queue.ts';

/** Creates a queue whose operations end when the test says so. */
function createBench({
  atOnce = 1,
  perAccount = atOnce,
  maxWaiting = 100,
  maxWaitMs,
}: Partial<FairQueueOptions> = {}) {
  let now = 0;
  const queue = createFairQueue({
    atOnce,
    perAccount,
    maxWaiting,
    ...(maxWaitMs && { maxWaitMs }),
    now: () => now,
  });
  const begun: string[] = [];
  const refused: string[] = [];
  const running: (() => void)[] = [];
  const settle = () => new Promise(setImmediate);
  return {
    queue,
    begun,
    refused,
    /** Adds an operation of a visitor, such as `a1`: the account is the first letter. */
    add(visitor: string): void {
      const start = () => {
        begun.push(visitor);
        return new Promise<void>((end) => running.push(end));
      };
      queue.run({ accountId: visitor[0]!, visitorId: visitor }, start).catch((error: unknown) => {
        assert.ok(isHostProblem(error) && error.code === 'overloaded');
        refused.push(visitor);
      });
    },
    settle,
    /** Ends the oldest running operation after `ms`. */
    async end(ms = 1): Promise<void> {
      await settle();
      now += ms;
      running.shift()?.();
      await settle();
    },
  };
}

test('an account with many operations delays another one only by its running operations', async () => {
  const { add, end, begun } = createBench();
  for (let index = 0; index < 20; index++) add('a1');
  add('b1');
  await end();
  assert.deepEqual(begun, ['a1', 'b1']);
});

test('accounts are charged for time, not for the number of operations', async () => {
  const { add, end, begun } = createBench();
  for (let index = 0; index < 5; index++) add('a1');
  for (let index = 0; index < 30; index++) add('b1');
  for (let index = 0; index < 22; index++) await end(begun.at(-1) === 'a1' ? 50 : 5);
  assert.equal(begun.filter((visitor) => visitor === 'a1').length, 3, begun.join(' '));
});

test('an idle account gains no credit', async () => {
  const { add, end, begun } = createBench();
  for (let index = 0; index < 20; index++) add('a1');
  for (let index = 0; index < 10; index++) await end(100);
  for (let index = 0; index < 10; index++) add('b1');
  for (let index = 0; index < 4; index++) await end(100);
  assert.equal(begun.slice(-4).filter((visitor) => visitor === 'b1').length, 2, begun.join(' '));
});

test('an account that pauses briefly is still charged for its used time', async () => {
  const { add, end, begun } = createBench();
  add('a1');
  add('b1');
  await end(1_000);
  for (let index = 0; index < 9; index++) add('b1');
  await end(10);
  add('a1');
  for (let index = 0; index < 9; index++) await end(10);
  assert.equal(begun.lastIndexOf('a1'), 11, begun.join(' '));
});

test('visitors of an account take turns, and operations of one keep their order', async () => {
  const { add, end, begun } = createBench();
  for (const visitor of ['a1', 'a1', 'a1', 'a2', 'a3', 'a2']) add(visitor);
  for (let index = 0; index < 6; index++) await end();
  assert.deepEqual(begun, ['a1', 'a1', 'a2', 'a3', 'a1', 'a2']);
});

test('the number of concurrent operations is limited', async () => {
  const { add, settle, end, begun } = createBench({ atOnce: 3 });
  for (let index = 0; index < 5; index++) add('a1');
  await settle();
  assert.equal(begun.length, 3);
  await end();
  assert.equal(begun.length, 4);
});

test('an account cannot use every place', async () => {
  const { add, settle, end, begun } = createBench({ atOnce: 3, perAccount: 2 });
  for (const visitor of ['a1', 'a1', 'a2']) add(visitor);
  await settle();
  assert.deepEqual(begun, ['a1', 'a1']);
  add('b1');
  await settle();
  assert.deepEqual(begun, ['a1', 'a1', 'b1']);
  await end();
  assert.deepEqual(begun, ['a1', 'a1', 'b1', 'a2']);
});

test('a full queue rejects the newest operation of the visitor with the most operations', async () => {
  const { add, settle, refused, begun, end } = createBench({ maxWaiting: 5 });
  for (const visitor of ['a1', 'a2', 'a2', 'a2', 'a1']) add(visitor);
  await settle();
  assert.deepEqual(refused, []);
  add('b1');
  await settle();
  assert.deepEqual(refused, ['a2'], 'another account has room');
  add('a3');
  await settle();
  assert.deepEqual(refused, ['a2', 'a2'], 'and so has another visitor');
  for (let index = 0; index < 5; index++) await end();
  assert.deepEqual(begun.toSorted(), ['a1', 'a1', 'a2', 'a3', 'b1']);
});

test('a full queue rejects a new operation if no account or visitor has more', async () => {
  const { add, settle, refused } = createBench({ maxWaiting: 4 });
  for (const visitor of ['a1', 'b1', 'c1', 'c2']) add(visitor);
  add('c3');
  await settle();
  assert.deepEqual(refused, ['c3'], 'no visitor of the account has more');
  add('d1');
  await settle();
  assert.deepEqual(refused, ['c3', 'c2'], 'an account has more');
  for (const visitor of ['e1', 'f1']) add(visitor);
  await settle();
  assert.deepEqual(refused, ['c3', 'c2', 'e1', 'f1'], 'no account has more');
});

test('an operation that waited too long is rejected, and its place is released', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { add, settle, end, refused, begun, queue } = createBench({ maxWaitMs: 1_000 });
  for (const visitor of ['a1', 'a1', 'b1']) add(visitor);
  await settle();
  t.mock.timers.tick(999);
  add('b2');
  await settle();
  assert.deepEqual(refused, []);
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(refused, ['a1', 'b1']);
  await end();
  t.mock.timers.tick(1_000);
  await end();
  assert.deepEqual(begun, ['a1', 'b2'], 'what has begun is not stopped');
  assert.deepEqual([refused.length, queue.waiting()], [2, 0]);
});

test('reports when nothing runs or waits', async () => {
  const { queue, add, end } = createBench();
  await queue.idle();
  add('a1');
  add('b1');
  let isIdle = false;
  const idle = queue.idle().then(() => (isIdle = true));
  await end();
  assert.equal(isIdle, false);
  await end();
  await idle;
});

test('reads the account and the visitor of an operation', () => {
  const share = (accountId: string, visitorId: string) => ({ accountId, visitorId });
  assert.deepEqual(shareOf('submitTurn', { accountId: 'a', inboxId: 'i', visitorId: 'v' }), share('a', 'v'));
  assert.deepEqual(shareOf('createVisitor', { accountId: 'a', inboxId: 'i' }), share('a', ''));
  assert.deepEqual(
    shareOf('finishWebhook', { job: { accountId: 'a', conversationId: 'c' } }),
    share('a', 'c'),
  );
  assert.deepEqual(shareOf('ping', undefined), share('', ''));
});

test('unverified ids share one account', () => {
  const address = '198.51.100.7';
  const shares = [
    shareOf('findInbox', { inboxId: 'invented', address }),
    shareOf('findAccount', { accountId: 'invented', address }),
    shareOf('findAccountByKey', { hash: 'invented', address }),
    shareOf('findAccount', { accountId: 'acc_shop', address: '198.51.100.8' }),
  ];
  assert.deepEqual([...new Set(shares.map(({ accountId }) => accountId))], ['?']);
  assert.deepEqual([...new Set(shares.map(({ visitorId }) => visitorId))], [address, '198.51.100.8']);
});
