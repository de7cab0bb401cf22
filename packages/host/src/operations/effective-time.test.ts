import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touch, effectiveTime } from './effective-time.ts';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const MINUTE = 60_000;
const long = { at: NOW - 60 * MINUTE, before: NOW - 120 * MINUTE };
const iso = (ms: number) => new Date(ms).toISOString();

test('an input that waited is taken back by as long as it waited, whatever its clock says', () => {
  for (const skew of [0, 86_400_000, -86_400_000, 7]) {
    const at = iso(NOW + skew - 5 * MINUTE);
    assert.equal(effectiveTime(NOW, at, iso(NOW + skew), long), NOW - 5 * MINUTE);
  }
});

test('it is never before the last contact and never after the receipt', () => {
  assert.equal(effectiveTime(NOW, iso(NOW - 600 * MINUTE), iso(NOW), long), long.at);
  assert.equal(effectiveTime(NOW, iso(NOW + 600 * MINUTE), iso(NOW), long), NOW);
});

test('coming back online does not move what was written offline', () => {
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

test('without two readable readings the receipt counts', () => {
  assert.equal(effectiveTime(NOW, iso(NOW - MINUTE), undefined, long), NOW);
  assert.equal(effectiveTime(NOW, 'yesterday', iso(NOW), long), NOW);
});

test('contacts of one spell are one, and a steady visitor’s bound keeps up', () => {
  let contact = { at: NOW, before: NOW };
  assert.equal(touch(contact, NOW + 59_000), contact);
  for (let minute = 0; minute < 10; minute++) contact = touch(contact, NOW + minute * 40_000);
  assert.ok(contact.before > NOW + 200_000);
});
