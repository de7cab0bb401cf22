import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { groupIntoRows } from './layout.ts';
import type { ScreenMessage } from './screen.ts';

const said = (id: string, at: string, change: Partial<ScreenMessage> = {}): ScreenMessage => ({
  id,
  at,
  sessionId: 's1',
  author: { kind: 'agent', name: 'Budi' },
  text: id,
  seq: 1,
  ...change,
});
const dayOf = (at: string) => at.slice(0, 10);
const shape = (messages: ScreenMessage[]) =>
  groupIntoRows(messages, dayOf).map((row) =>
    row.kind === 'group' ? row.messages.map(({ id }) => id).join('') : row.kind,
  );

test('messages of one author that are close in time are grouped', () => {
  const messages = [
    said('a', '2026-02-03T10:00:00Z'),
    said('b', '2026-02-03T10:04:00Z'),
    said('c', '2026-02-03T10:10:00Z'),
    said('d', '2026-02-03T10:10:01Z', { author: { kind: 'visitor' } }),
    said('e', '2026-02-03T10:10:02Z', { author: { kind: 'agent', name: 'Citra' } }),
  ];
  assert.deepEqual(shape(messages), ['day', 'ab', 'c', 'd', 'e']);
});

test('a new day and a new session each have a separator', () => {
  const messages = [
    said('a', '2026-02-03T10:00:00Z'),
    said('b', '2026-02-04T10:00:00Z'),
    said('c', '2026-02-04T10:00:01Z', { sessionId: 's2' }),
  ];
  assert.deepEqual(shape(messages), ['day', 'a', 'day', 'b', 'session', 'c']);
});

test('keys stay the same when older messages are prepended', () => {
  const later = [said('c', '2026-02-04T10:00:00Z'), said('d', '2026-02-04T10:00:01Z')];
  const keys = (messages: ScreenMessage[]) => groupIntoRows(messages, dayOf).map(({ key }) => key);
  assert.deepEqual(keys([said('a', '2026-02-03T10:00:00Z'), ...later]).slice(-2), keys(later).slice(-2));
});

test('in any order and with any clock, each row has a unique key and each message appears once', () => {
  const message = fc.record({
    at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: false }),
    sessionId: fc.constantFrom('s1', 's2'),
    kind: fc.constantFrom('agent', 'visitor', 'bot'),
  });
  // Labels as in the message list: many days have the same label.
  const label = fc.constantFrom(
    dayOf,
    (at: string) => ['Today', 'Yesterday', ''][Number(at.slice(8, 10)) % 3]!,
    () => 'Today',
  );
  fc.assert(
    fc.property(fc.array(message, { maxLength: 30 }), label, (messages, labelOf) => {
      const list = messages.map(({ at, sessionId, kind }, index) =>
        said(`m${index}`, Number.isNaN(at.getTime()) ? 'never' : at.toISOString(), {
          sessionId,
          author: { kind: kind as 'agent' },
        }),
      );
      const rows = groupIntoRows(list, labelOf);
      assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
      assert.deepEqual(
        rows.flatMap((row) => (row.kind === 'group' ? row.messages : [])),
        list,
      );
    }),
  );
});
