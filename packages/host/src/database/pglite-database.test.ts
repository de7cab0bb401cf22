import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostProblem } from '../problem.ts';
import { templateFile } from '../testing/template-file.ts';
import { openPGlite } from './pglite-database.ts';

test('more calls than may wait are refused with a time to come back, and those that wait are done', async (t) => {
  const template = await templateFile();
  const database = await openPGlite({ dataDir: null, clock: Date.now, template, maxWaiting: 3 });
  t.after(() => database.close());
  const calls = await Promise.allSettled(
    Array.from({ length: 5 }, () => database.run('hostSecret', undefined)),
  );
  assert.deepEqual(
    calls.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
  const reason: unknown = (calls[4] as PromiseRejectedResult).reason;
  assert.ok(isHostProblem(reason));
  assert.deepEqual([reason.status, reason.code], [503, 'overloaded']);
  assert.ok((reason.members.retryAfter ?? 0) > 0);
  assert.ok(await database.run('hostSecret', undefined), 'with room again it takes calls again');
});
