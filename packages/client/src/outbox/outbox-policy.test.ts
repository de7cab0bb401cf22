import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { afterFailure, dueNow, nextStep, replaces, requeued } from './outbox-policy.ts';
import type { OutboxEntry } from './outbox-rows.ts';

const entry = (order: number, change: Partial<OutboxEntry> = {}) =>
  ({
    id: `turn-${order}`,
    order,
    kind: 'read',
    upTo: 1,
    state: 'queued',
    queuedAt: 0,
    attempts: 0,
    notBefore: 0,
    waitMs: 0,
    ...change,
  }) as OutboxEntry;
const turn = (order: number, change: Partial<OutboxEntry> = {}) =>
  entry(order, { kind: 'turn', ...change } as Partial<OutboxEntry>);
const context = { now: 1_000, random: () => 0.5 };

test('a wait from the host blocks every entry until it is over or the device clock is set back', () => {
  const held = turn(2, { notBefore: 900, waitMs: 500, heldByHost: true });
  assert.deepEqual(nextStep([turn(1), held], 500), { do: 'wait', ms: 400 });
  assert.deepEqual(nextStep([turn(1), held], 900), { do: 'send', entry: turn(1) });
  assert.deepEqual(nextStep([turn(1), held], 100), { do: 'send', entry: turn(1) });
  assert.deepEqual(nextStep([turn(1), { ...held, heldByHost: false }], 500), { do: 'send', entry: turn(1) });
});

test('the oldest entry is sent first, and no later entry overtakes it while it waits', () => {
  assert.deepEqual(nextStep([], 0), { do: 'rest' });
  assert.deepEqual(nextStep([turn(1), turn(2)], 0), { do: 'send', entry: turn(1) });
  assert.deepEqual(nextStep([turn(1, { notBefore: 500, waitMs: 500 }), turn(2)], 100), {
    do: 'wait',
    ms: 400,
  });
});

test('a wait lasts at least Retry-After from its first millisecond with any jitter', () => {
  const now = Date.parse('2026-02-03T04:05:06.789Z');
  for (let tenths = 0; tenths < 1_000; tenths++) {
    const error = new ClientError('rate_limited', 'Slow down.', { status: 429, retryAfterMs: 1_000 });
    const outcome = afterFailure(turn(1), error, { now, random: () => tenths / 1_000.1 });
    assert.ok(outcome.do === 'again');
    const step = nextStep([outcome.entry], now);
    assert.ok(step.do === 'wait' && step.ms >= 1_000, JSON.stringify(outcome.entry));
  }
});

test('entries after one that was set aside are sent', () => {
  assert.deepEqual(nextStep([turn(1, { state: 'failed' }), turn(2)], 0), { do: 'send', entry: turn(2) });
});

test('the host wait of an entry that was set aside blocks no other entry', () => {
  const held = turn(1, { state: 'failed', notBefore: 500, waitMs: 500, heldByHost: true });
  assert.deepEqual(nextStep([held, turn(2)], 100), { do: 'send', entry: turn(2) });
});

test('a permanently rejected entry is set aside with its reason, and a read mark is dropped', () => {
  const error = new ClientError('invalid_request', 'Too many words.', { status: 400 });
  const outcome = afterFailure(turn(1), error, context);
  assert.equal(outcome.do, 'set-aside');
  assert.deepEqual(outcome.do === 'set-aside' && outcome.entry.fault, {
    code: 'invalid_request',
    message: 'Too many words.',
    status: 400,
  });
  assert.deepEqual(afterFailure(entry(1), error, context), { do: 'drop' });
});

test('a rating and an end that can never succeed are set aside and shown', () => {
  const error = new ClientError('unknown_reference', 'Nothing was said yet.', { status: 422 });
  for (const kind of ['rating', 'end'] as const)
    assert.equal(afterFailure(entry(1, { kind } as Partial<OutboxEntry>), error, context).do, 'set-aside');
});

test('a later rating replaces one of the same session unless that one is in flight', () => {
  const rating = (session: string) => ({ kind: 'rating' as const, note: { session, score: 3 } });
  const waiting = entry(1, rating('s1') as Partial<OutboxEntry>);
  assert.equal(replaces(rating('s1'), waiting), true);
  assert.equal(replaces(rating('s1'), { ...waiting, state: 'failed' }), true);
  assert.equal(replaces(rating('s1'), { ...waiting, state: 'sending' }), false);
  assert.equal(replaces(rating('s2'), waiting), false);
  assert.equal(replaces({ kind: 'end', note: { session: 's1' } }, waiting), false);
  assert.equal(replaces(rating('s1'), turn(1)), false);
});

test('a sequence gap is renumbered at once for four attempts, then waits', () => {
  const gap = new ClientError('sequence_gap', 'x', {
    status: 409,
    problem: { type: '', title: '', status: 409, code: 'sequence_gap', expected: 7 },
  });
  const outcome = afterFailure(turn(1), gap, context);
  assert.ok(outcome.do === 'again' && outcome.expected === 7 && outcome.entry.notBefore === 0);
  const fifth = afterFailure(turn(1, { attempts: 4 }), gap, context);
  assert.ok(fifth.do === 'again' && fifth.expected === undefined && fifth.entry.notBefore > 1_000);
});

test('a restored connection ends backoff waits, but not a Retry-After wait', () => {
  const ours = afterFailure(turn(1), new ClientError('network', 'x'), context);
  assert.ok(ours.do === 'again' && ours.entry.notBefore > 1_000);
  assert.equal(dueNow(ours.entry).notBefore, 0);
  const busy = new ClientError('rate_limited', 'x', { status: 429, retryAfterMs: 9_000 });
  const theirs = afterFailure(turn(1), busy, context);
  assert.ok(theirs.do === 'again' && theirs.entry.notBefore >= 10_000);
  assert.equal(dueNow(theirs.entry).notBefore, theirs.entry.notBefore);
});

test('a clock that is set back makes no wait longer', () => {
  const busy = new ClientError('rate_limited', 'x', { status: 429, retryAfterMs: 3_000 });
  const outcome = afterFailure(turn(1), busy, { ...context, now: 90_000_000 });
  assert.ok(outcome.do === 'again');
  assert.equal(nextStep([outcome.entry], 90_001_000).do, 'wait');
  assert.equal(nextStep([outcome.entry], 90_000_000 - 86_400_000).do, 'send');
});

test('an unexpected error is retried five times, then its entry is set aside', () => {
  const defect = new TypeError('Cannot read properties of undefined');
  assert.equal(afterFailure(turn(1), defect, context).do, 'again');
  const last = afterFailure(turn(1, { attempts: 4 }), defect, context);
  assert.ok(last.do === 'set-aside' && last.entry.fault?.code === 'internal');
  const away = afterFailure(turn(1, { attempts: 99 }), new ClientError('network', 'x'), context);
  assert.equal(away.do, 'again');
});

test('the id of an entry never changes', () => {
  const outcomes = [400, 401, 403, 409, 422, 429, 500].map((status) =>
    afterFailure(turn(3), new ClientError('http', 'x', { status }), context),
  );
  for (const outcome of outcomes) assert.equal(outcome.do !== 'drop' && outcome.entry.id, 'turn-3');
  assert.equal(requeued(turn(3, { state: 'failed', attempts: 9 })).id, 'turn-3');
});
