import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostProblem } from '../problem.ts';
import { createFilePlaces, type FilePlaceHolder } from './file-places.ts';
import { defaultLimits } from './limit-table.ts';

/** Takes places, each for another visitor and address, until it is refused. */
function takeAll(take: (holder: FilePlaceHolder) => () => void, accountId: string) {
  const frees: (() => void)[] = [];
  for (;;) {
    const name = `${accountId} ${frees.length}`;
    try {
      frees.push(take({ accountId, holder: name, address: name }));
    } catch (error) {
      if (!isHostProblem(error)) throw error;
      return { frees, count: frees.length, code: error.code, retryAfter: error.members.retryAfter ?? 0 };
    }
  }
}

for (const { kind, first, others } of [
  { kind: 'takeUpload', first: 12, others: [3, 1] },
  { kind: 'takeDownload', first: 48, others: [12, 3] },
] as const)
  test(`an account cannot hold every place (${kind})`, () => {
    const places = createFilePlaces(defaultLimits);
    const greedy = takeAll(places[kind], 'acc_greedy');
    assert.deepEqual([greedy.count, greedy.code], [first, 'overloaded']);
    assert.ok(greedy.retryAfter > 0);
    for (const [index, count] of others.entries())
      assert.equal(takeAll(places[kind], `acc_${index}`).count, count, 'places stay free for others');
    for (const free of greedy.frees) free();
    assert.ok(takeAll(places[kind], 'acc_late').count > first / 2, 'freed places are given to others');
  });

test('a visitor and an address have separate limits, and a place is released once', () => {
  const places = createFilePlaces({
    ...defaultLimits,
    uploadsAtOncePerVisitor: 1,
    uploadsAtOncePerAddress: 2,
  });
  const take = (holder: string, address: string) =>
    places.takeUpload({ accountId: 'acc_shop', holder, address });
  const refused = (error: unknown) => isHostProblem(error) && error.code === 'rate_limited';
  const free = take('vis_1', 'a');
  assert.throws(() => take('vis_1', 'b'), refused);
  take('vis_2', 'a');
  assert.throws(() => take('vis_3', 'a'), refused);
  assert.equal(places.size(), 2);
  free();
  free();
  assert.equal(places.size(), 1);
  take('vis_3', 'a');
});

test('without limits every request gets a place', () => {
  const places = createFilePlaces(null);
  for (let each = 0; each < 100; each++)
    places.takeUpload({ accountId: 'acc_shop', holder: 'vis_1', address: 'a' });
  assert.equal(places.size(), 100);
});
