import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzContract } from './fuzz-contract.ts';

/** Change this to try other requests. `npm run fuzz:contract` tries many seeds. */
const SEED = 1;
const REQUESTS = 1_000;

test('random requests are never answered with a 5xx, an unknown code or a body that breaks the contract', async (t) => {
  const { failures, statuses, succeeded, requests } = await fuzzContract(SEED, REQUESTS);
  assert.deepEqual(failures.slice(0, 5), [], `${failures.length} failures with seed ${SEED}`);
  assert.equal(requests, REQUESTS);
  // The fuzz is useful only if it reaches the operations behind the validation.
  assert.ok(succeeded.size >= 35, `${succeeded.size} operations succeeded: ${[...succeeded].join(', ')}`);
  t.diagnostic(JSON.stringify(statuses));
});
