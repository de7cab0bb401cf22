import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exampleFlow } from '../testing/example-flow.ts';
import type { Flow, TimeTest } from './flow.ts';
import { zoneTables } from './zone-tables.ts';

const from = Date.UTC(2026, 0, 1);
const tableOf = (timeZone: string, start = from, days = 400) =>
  zoneTables({ ...exampleFlow(), timeZone }, start, days)[timeZone];

it('a zone without changes has one entry', () => {
  assert.deepEqual(tableOf('Asia/Jakarta'), [[from, 420]]);
  assert.deepEqual(tableOf('Asia/Kolkata'), [[from, 330]]);
  assert.deepEqual(tableOf('Asia/Kathmandu'), [[from, 345]]);
  assert.deepEqual(tableOf('UTC'), [[from, 0]]);
});

it('summer time begins and ends at the exact second', () => {
  assert.deepEqual(tableOf('America/New_York'), [
    [from, -300],
    [Date.UTC(2026, 2, 8, 7), -240],
    [Date.UTC(2026, 10, 1, 6), -300],
  ]);
  assert.deepEqual(tableOf('Australia/Lord_Howe', from, 120), [
    [from, 660],
    [Date.UTC(2026, 3, 4, 15), 630],
  ]);
});

it('Casablanca changes its offset by an hour during Ramadan', () => {
  assert.deepEqual(tableOf('Africa/Casablanca', from, 120), [
    [from, 60],
    [Date.UTC(2026, 1, 15, 2), 0],
    [Date.UTC(2026, 2, 22, 2), 60],
  ]);
});

it('every hour of two years has the same offset as in Intl', () => {
  for (const zone of [
    'Africa/Casablanca',
    'Europe/Dublin',
    'Pacific/Apia',
    'America/St_Johns',
    'Asia/Gaza',
  ]) {
    const table = tableOf(zone, from, 730)!;
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const utc = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' });
    for (let at = from; at < from + 730 * 86_400_000; at += 7 * 3_600_000) {
      const offset = table.findLast(([since]) => since <= at)![1];
      assert.equal(
        format.format(at),
        utc.format(at + offset * 60_000),
        `${zone} at ${new Date(at).toISOString()}`,
      );
    }
  }
});

it('the tables contain the zones of the flow and its tests that Intl knows', () => {
  const flow: Flow = exampleFlow();
  const condition = flow.cards['hours'] as { test: TimeTest };
  condition.test = { ...condition.test, timeZone: 'Asia/Tokyo' };
  assert.deepEqual(Object.keys(zoneTables(flow, from, 1)), ['Asia/Jakarta', 'Asia/Tokyo']);
  condition.test = { ...condition.test, timeZone: '__proto__' };
  assert.deepEqual(Object.keys(zoneTables({ ...flow, timeZone: '+07:00' }, from, 1)), []);
});
