import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ClientError, type ClientErrorCode } from './client-error.ts';
import { remedyFor, retryDelay } from './retry-policy.ts';

const failure = (status: number, code: ClientErrorCode = 'http') => new ClientError(code, 'x', { status });

test('an entry with a permanent error is set aside', () => {
  for (const status of [400, 413, 422]) assert.equal(remedyFor(failure(status)), 'set-aside');
});

test('a temporary error is retried', () => {
  for (const status of [401, 408, 425, 429, 500, 502, 503, 504])
    assert.equal(remedyFor(failure(status)), 'retry');
  assert.equal(remedyFor(new ClientError('network', 'x')), 'retry');
  assert.equal(remedyFor(new ClientError('bad_answer', 'x', { status: 200 })), 'retry');
  assert.equal(remedyFor(new TypeError('a bug')), 'retry');
});

test('a sequence gap is renumbered, and a request that is not allowed now is blocked', () => {
  assert.equal(remedyFor(failure(409, 'sequence_gap')), 'renumber');
  for (const status of [403, 404, 409, 410]) assert.equal(remedyFor(failure(status)), 'blocked');
});

test('the backoff never exceeds its bound and grows with it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, part) => {
        const wait = retryDelay(attempts, () => part);
        assert.ok(wait >= 0 && wait <= Math.min(30_000, 500 * 2 ** (attempts - 1)));
      },
    ),
  );
});

test('the wait is at least Retry-After and at most 5 % longer', () => {
  assert.equal(
    retryDelay(1, () => 0, { retryAfterMs: 7_000 }),
    7_000,
  );
  assert.ok(retryDelay(9, () => 0.999, { retryAfterMs: 7_000 }) < 7_351);
});
