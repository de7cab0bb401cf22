import assert from 'node:assert/strict';
import { test } from 'node:test';
import { availabilityOf, nextOfficeChange, type AvailabilityFacts } from './availability.ts';

const HOURS = [
  [1_000, 2_000],
  [5_000, 6_000],
];
const stateOf = (facts: Partial<AvailabilityFacts>) =>
  availabilityOf({
    isConfigured: true,
    officeHours: HOURS,
    now: 1_500,
    isRefused: false,
    isCut: false,
    hasNetwork: true,
    ...facts,
  });

test('the team is available within office hours, and always if none are set', () => {
  for (const now of [1_000, 1_999, 5_000]) assert.deepEqual(stateOf({ now }), { state: 'available' });
  assert.deepEqual(stateOf({ officeHours: undefined }), { state: 'available' });
});

test('outside office hours the next opening is known, also offline', () => {
  assert.deepEqual(stateOf({ now: 999 }), { state: 'closed', opensAt: 1_000 });
  assert.deepEqual(stateOf({ now: 2_000 }), { state: 'closed', opensAt: 5_000 });
  assert.deepEqual(stateOf({ now: 2_000, isCut: true, hasNetwork: false }), {
    state: 'closed',
    opensAt: 5_000,
  });
});

test('availability is unknown before the configuration is loaded, and after the last office hours', () => {
  assert.deepEqual(stateOf({ isConfigured: false, officeHours: undefined }), { state: 'unknown' });
  assert.deepEqual(stateOf({ now: 6_000 }), { state: 'unknown' });
  assert.deepEqual(stateOf({ officeHours: [] }), { state: 'unknown' });
});

test('a lost connection and a rejected page are separate states', () => {
  assert.deepEqual(stateOf({ isCut: true }), { state: 'unreachable' });
  assert.deepEqual(stateOf({ isCut: true, hasNetwork: false }), { state: 'offline' });
  assert.deepEqual(stateOf({ isRefused: true, now: 2_000 }), { state: 'refused' });
});

test('the next change is the next beginning or end', () => {
  assert.deepEqual(
    [0, 1_000, 1_500, 2_000, 6_000].map((now) => nextOfficeChange(HOURS, now)),
    [1_000, 2_000, 2_000, 5_000, Infinity],
  );
  assert.equal(nextOfficeChange(undefined, 0), Infinity);
});
