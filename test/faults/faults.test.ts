/**
 * Every row of the fault matrix with small counts. `npm run faults` runs the full ones.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openHarness, type Harness } from './harness/harness.ts';
import { createSecretWatch } from './harness/secret-watch.ts';
import { missingOf } from '../support/named-tests.ts';
import { rows } from './matrix.ts';
import { countIn, makeTrial } from './row.ts';
import type { SeenRequest } from './proxy.ts';

describe('the fault matrix', () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness({ isFull: false });
  });
  afterEach(() => harness.sweep());
  after(() => harness.end());

  for (const { number, fault, expected, trials } of rows)
    for (const trial of trials.filter(({ counts }) => counts.shrunk > 0))
      test(`row ${number}: ${fault}: ${expected} (${trial.with}: ${trial.unit})`, async (t) => {
        const figures = await makeTrial(trial, harness, countIn('small', trial), async ({ message }) => {
          t.diagnostic(`again, as only a bound of time was missed: ${message}`);
          await harness.sweep();
        });
        t.diagnostic(figures);
      });

  test('under all these faults no token is in a URL, a referer, a cookie or the host’s log', (t) => {
    const { secrets, addresses, leaks } = harness.watch;
    assert.ok(secrets > 50 && addresses > 200, `${secrets} secrets, ${addresses} addresses`);
    assert.deepEqual(leaks, []);
    t.diagnostic(`${secrets} secrets, ${addresses} requests`);
  });
});

test('a leaked secret is detected in every place', () => {
  const token = 'a-token-of-some-length';
  const request = (change: Partial<SeenRequest>): SeenRequest => ({
    index: 0,
    at: 0,
    method: 'GET',
    target: '/v1/widget/inb/stream',
    headers: new Map([['authorization', `Bearer ${token}`]]),
    body: '',
    raw: Buffer.alloc(0),
    ...change,
  });
  const leaksOf = (change: Partial<SeenRequest>, log = '') => {
    const watch = createSecretWatch(['another-secret-of-length']);
    watch.look([request({}), request(change)], log);
    return watch.leaks.length;
  };
  assert.equal(leaksOf({}), 0);
  assert.equal(leaksOf({ target: `/v1/widget/inb/stream?token=${token}` }), 1);
  assert.equal(leaksOf({ headers: new Map([['referer', `http://shop/?t=${token}`]]) }), 1);
  assert.equal(leaksOf({ body: '{"refreshToken":"refresh-token-of-length"}' }, 'refresh-token-of-length'), 1);
  assert.equal(leaksOf({}, 'x another-secret-of-length x'), 1);
});

test('rows that other tests cover name an existing test', async () => {
  for (const { number, elsewhere = [] } of rows)
    for (const { file, test } of elsewhere)
      assert.deepEqual(await missingOf({ file, names: [test] }), [], `row ${number}`);
});

test('every row is tested, here or elsewhere', () => {
  for (const { number, trials, elsewhere = [] } of rows)
    assert.ok(trials.some(({ counts }) => counts.shrunk > 0) || elsewhere.length > 0, `row ${number}`);
  const numbers = rows.map(({ number }) => number);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
});
