import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClock } from './parse-clock.ts';

test('times are parsed in common formats', () => {
  for (const [typed, time] of [
    ['9', '09:00'],
    ['9.30', '09:30'],
    ['0930', '09:30'],
    [' 17:05 ', '17:05'],
    ['00:00', '00:00'],
  ] as const) {
    assert.equal(parseClock(typed), time, typed);
  }
});

test('an invalid time of day is not parsed', () => {
  for (const typed of ['', 'pagi', '25', '12:60', '24:00', '1:2:3'])
    assert.equal(parseClock(typed), null, typed);
});

test('24:00 is the end of the day at the end of a window', () => {
  assert.equal(parseClock('24', { endOfDay: true }), '24:00');
  assert.equal(parseClock('24:30', { endOfDay: true }), null);
});
