import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileFlow, explain, startRun, zoneTables, type Flow } from '@alur/flow';
import type { OfficeHours } from '@alur/protocol';
import * as fc from 'fast-check';
import { openFrom, openIntervals } from './office-hours.ts';

const at = (text: string): number => Date.parse(`${text}:00Z`);
const formatOpenTimes = (hours: OfficeHours, from: string, days: number): string[] =>
  openIntervals(hours, at(from), days).map((interval) =>
    interval.map((ms) => new Date(ms).toISOString().slice(5, 16)).join(' to '),
  );

describe('office hours', () => {
  test('are converted to UTC for each day', () => {
    const hours = {
      timeZone: 'Asia/Jakarta',
      ranges: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] }],
    };
    // 2026-11-20 is a Friday.
    assert.deepEqual(formatOpenTimes(hours, '2026-11-20T00:00', 4), [
      '11-20T02:00 to 11-20T10:00',
      '11-23T02:00 to 11-23T10:00',
    ]);
  });

  test('over midnight belong to the day on which they start, and adjacent ranges are merged', () => {
    const hours = {
      timeZone: 'UTC',
      ranges: [
        { from: '22:00', to: '02:00', days: [5] },
        { from: '02:00', to: '03:30', days: [6] },
        { from: '23:00', to: '24:00', days: [5] },
      ],
    };
    assert.deepEqual(formatOpenTimes(hours, '2026-11-20T00:00', 3), ['11-20T22:00 to 11-21T03:30']);
  });

  test('are all day if start and end are equal, and closed without a range', () => {
    assert.deepEqual(
      formatOpenTimes(
        { timeZone: 'UTC', ranges: [{ from: '08:00', to: '08:00', days: [6] }] },
        '2026-11-20T00:00',
        3,
      ),
      ['11-21T00:00 to 11-22T00:00'],
    );
    assert.deepEqual(formatOpenTimes({ timeZone: 'UTC', ranges: [] }, '2026-11-20T00:00', 3), []);
  });

  test('follow the wall clock over a change of the zone', () => {
    const hours = { timeZone: 'Europe/Berlin', ranges: [{ from: '01:30', to: '03:30' }] };
    // The clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    assert.deepEqual(formatOpenTimes(hours, '2026-03-28T12:00', 1), ['03-29T00:30 to 03-29T01:30']);
    assert.deepEqual(formatOpenTimes(hours, '2026-10-24T12:00', 1), ['10-24T23:30 to 10-25T02:30']);
  });

  test('are cached for one UTC day, and cover two weeks', () => {
    const hours = { timeZone: 'Asia/Jakarta', ranges: [{ from: '00:00', to: '24:00' }] };
    const [morning, evening] = [
      openFrom(hours, at('2026-11-22T00:00')),
      openFrom(hours, at('2026-11-22T23:59')),
    ];
    assert.deepEqual(morning, evening);
    const [[from, to] = [0, 0]] = morning;
    assert.ok(from <= at('2026-11-22T00:00') && to >= at('2026-12-06T23:59'), String(morning));
  });

  test('agree with a flow’s time test at any time in any zone', () => {
    const clocks = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const start = at('2026-03-01T00:00');
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Asia/Jakarta',
          'Europe/Berlin',
          'Africa/Casablanca',
          'Asia/Kathmandu',
          'America/New_York',
        ),
        clocks,
        fc.oneof(clocks, fc.constant('24:00')),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fc.integer({ min: 0, max: 60 * 1440 - 1 }),
        (timeZone, from, to, days, minute) => {
          const moment = start + minute * 60_000;
          const open = openIntervals({ timeZone, ranges: [{ from, to, days }] }, start - 86_400_000, 62);
          const isOpen = open.some(([since, until]) => moment >= since && moment < until);
          const flow = {
            format: 'alur.flow/2',
            id: 'f',
            name: 'f',
            timeZone,
            cards: {
              start: { kind: 'start', next: ['open', 'rest'] },
              open: {
                kind: 'condition',
                test: { kind: 'first-message-time', windows: [{ from, to, days }] },
                next: [],
              },
              rest: { kind: 'else', next: [] },
            },
          } as unknown as Flow;
          const compiled = compileFlow(flow, zoneTables(flow, start - 86_400_000, 62));
          const input = { kind: 'message' as const, id: 'm', at: new Date(moment).toISOString(), text: 'x' };
          const { trace } = explain(compiled, startRun(), input);
          assert.equal(
            trace.some(({ cardId, outcome }) => cardId === 'open' && outcome === 'matched'),
            isOpen,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
