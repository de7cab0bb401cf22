import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTimeZone, zoneTables, emptyFlow } from '@alur/flow';
import { namesOfZone, zonesWithAliases } from './zone-aliases.ts';
import { zoneOptions } from './zone-options.ts';

test('every name of a zone has the same local time, this year and next year', () => {
  const from = Date.parse('2026-01-01T00:00:00Z');
  const clockOf = (timeZone: string) =>
    Object.values(zoneTables(emptyFlow({ id: 'f', name: 'f', timeZone }), from, 500))[0];
  for (const zone of zonesWithAliases())
    for (const name of namesOfZone(zone)) assert.deepEqual(clockOf(name), clockOf(zone), `${name}, ${zone}`);
});

test('a zone has one option, under its current name', () => {
  const options = zoneOptions('Asia/Jakarta');
  const ids = options.map(({ id }) => id);
  assert.equal(new Set(ids.map((id) => namesOfZone(id)[0])).size, ids.length);
  for (const id of ['Asia/Kolkata', 'Europe/Kyiv', 'Asia/Yangon', 'America/Los_Angeles', 'UTC'])
    assert.ok(ids.includes(id), id);
  assert.ok(options.find(({ id }) => id === 'America/Los_Angeles')?.aliases?.includes('US/Pacific'));
  assert.ok(ids.every(isTimeZone));
});

test('a name in the document has an option only if it is a time zone', () => {
  const ids = zoneOptions('US/Pacific', 'Asia/Calcutta', 'Asia/Nowhere', undefined, '').map(({ id }) => id);
  assert.deepEqual(ids.slice(3, 5), ['US/Pacific', 'Asia/Calcutta']);
  assert.ok(!ids.includes('Asia/Nowhere') && !ids.includes(''));
});
