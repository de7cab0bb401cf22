import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touch, effectiveTime } from './effective-time.ts';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const MINUTE = 60_000;
const long = { at: NOW - 60 * MINUTE, before: NOW - 120 * MINUTE };
const iso = (ms: number) => new Date(ms).toISOString();

test('the time of a delayed input is moved back by its delay, whatever the clock shows', () => {
  for (const skew of [0, 86_400_000, -86_400_000, 7]) {
    const at = iso(NOW + skew - 5 * MINUTE);
    assert.equal(effectiveTime(NOW, at, iso(NOW + skew), long), NOW - 5 * MINUTE);
  }
});

test('the effective time is between the last contact and the receipt', () => {
  assert.equal(effectiveTime(NOW, iso(NOW - 600 * MINUTE), iso(NOW), long), long.at);
  assert.equal(effectiveTime(NOW, iso(NOW + 600 * MINUTE), iso(NOW), long), NOW);
});

test('coming back online does not change the time of offline messages', () => {
  const offline = { at: NOW - 60 * MINUTE, before: NOW - 90 * MINUTE };
  const back = touch(offline, NOW - 1_000);
  assert.deepEqual(back, { at: NOW - 1_000, before: offline.at });
  assert.equal(effectiveTime(NOW, iso(NOW - 30 * MINUTE), iso(NOW), back), NOW - 30 * MINUTE);
  assert.equal(
    effectiveTime(NOW, iso(NOW - 80 * MINUTE), iso(NOW), back),
    offline.at,
    'still not before the last contact',
  );
});

test('without two valid clock readings the receipt time is used', () => {
  assert.equal(effectiveTime(NOW, iso(NOW - MINUTE), undefined, long), NOW);
  assert.equal(effectiveTime(NOW, 'yesterday', iso(NOW), long), NOW);
});

test('contacts in quick succession are merged, and the lower bound of an active visitor advances', () => {
  let contact = { at: NOW, before: NOW };
  assert.equal(touch(contact, NOW + 59_000), contact);
  for (let minute = 0; minute < 10; minute++) contact = touch(contact, NOW + minute * 40_000);
  assert.ok(contact.before > NOW + 200_000);
});
