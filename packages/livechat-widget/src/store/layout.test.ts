import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from './layout.ts';
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
  rowsOf(messages, dayOf).map((row) =>
    row.kind === 'group' ? row.messages.map(({ id }) => id).join('') : row.kind,
  );

test('messages of one author, close in time, stand together', () => {
  const messages = [
    said('a', '2026-02-03T10:00:00Z'),
    said('b', '2026-02-03T10:04:00Z'),
    said('c', '2026-02-03T10:10:00Z'),
    said('d', '2026-02-03T10:10:01Z', { author: { kind: 'visitor' } }),
    said('e', '2026-02-03T10:10:02Z', { author: { kind: 'agent', name: 'Citra' } }),
  ];
  assert.deepEqual(shape(messages), ['day', 'ab', 'c', 'd', 'e']);
});

test('a new day and a new session each have a line of their own', () => {
  const messages = [
    said('a', '2026-02-03T10:00:00Z'),
    said('b', '2026-02-04T10:00:00Z'),
    said('c', '2026-02-04T10:00:01Z', { sessionId: 's2' }),
  ];
  assert.deepEqual(shape(messages), ['day', 'a', 'day', 'b', 'session', 'c']);
});

test('keys stay the same when older messages are put in front', () => {
  const later = [said('c', '2026-02-04T10:00:00Z'), said('d', '2026-02-04T10:00:01Z')];
  const keys = (messages: ScreenMessage[]) => rowsOf(messages, dayOf).map(({ key }) => key);
  assert.deepEqual(keys([said('a', '2026-02-03T10:00:00Z'), ...later]).slice(-2), keys(later).slice(-2));
});
