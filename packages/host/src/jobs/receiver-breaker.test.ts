import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReceiverBreaker, type CallOutcome } from './receiver-breaker.ts';

test('an unresponsive receiver is paused with increasing delays, with one call between pauses', () => {
  let now = 0;
  const breaker = createReceiverBreaker(() => now);
  const call = (outcome: CallOutcome) => breaker.begin('https://a.example')?.(outcome);
  for (let failure = 1; failure < 5; failure++) call('failed');
  assert.deepEqual(breaker.blocked(), []);
  call('failed');
  for (const pause of [30_000, 60_000, 120_000]) {
    assert.deepEqual(breaker.blocked(), ['https://a.example']);
    now += pause - 1;
    assert.deepEqual(breaker.blocked(), ['https://a.example']);
    now += 1;
    assert.deepEqual(breaker.blocked(), [], 'one may try');
    const end = breaker.begin('https://a.example');
    assert.deepEqual(breaker.blocked(), ['https://a.example'], 'and only one');
    assert.equal(breaker.begin('https://a.example'), null);
    end?.('failed');
  }
  now += 240_000;
  call('answered');
  for (let failure = 1; failure < 5; failure++) call('failed');
  assert.deepEqual(breaker.blocked(), [], 'an answer forgives what was before');
});

test('each receiver has at most four concurrent calls', () => {
  const breaker = createReceiverBreaker(() => 0);
  const ends = [1, 2, 3, 4].map(() => breaker.begin('a'));
  breaker.begin('b');
  assert.deepEqual(breaker.blocked(), ['a']);
  assert.equal(breaker.begin('a'), null);
  ends[0]?.('answered');
  assert.deepEqual(breaker.blocked(), []);
});

test('a pause that started while the clock was ahead ends when the clock is corrected', () => {
  let now = Date.parse('2030-01-01');
  const breaker = createReceiverBreaker(() => now);
  for (let failure = 0; failure < 5; failure++) breaker.begin('a')?.('failed');
  now = Date.parse('2026-12-01');
  assert.deepEqual(breaker.blocked(), []);
});

test('a call that was not made does not change its receiver’s state', () => {
  let now = 0;
  const breaker = createReceiverBreaker(() => now);
  for (let failure = 1; failure < 5; failure++) breaker.begin('a')?.('failed');
  breaker.begin('a')?.('not-called');
  breaker.begin('a')?.('failed');
  assert.deepEqual(breaker.blocked(), ['a'], 'the fifth failure in a row');
  now += 30_000;
  breaker.begin('a')?.('not-called');
  breaker.begin('a')?.('failed');
  now += 59_999;
  assert.deepEqual(breaker.blocked(), ['a'], 'the second pause is twice as long');
});

test('reports when the first pause ends', () => {
  let now = 0;
  const breaker = createReceiverBreaker(() => now);
  const fail = (receiver: string) => breaker.begin(receiver)?.('failed');
  assert.equal(breaker.nextEnd(), null);
  for (let failure = 0; failure < 5; failure++) fail('a');
  now = 10_000;
  for (let failure = 0; failure < 5; failure++) fail('b');
  assert.equal(breaker.nextEnd(), 30_000);
  now = 30_000;
  assert.equal(breaker.nextEnd(), 40_000);
  now = 40_000;
  assert.equal(breaker.nextEnd(), null);
});
