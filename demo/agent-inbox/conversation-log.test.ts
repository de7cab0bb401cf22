import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationEvent, Message } from '@alur/protocol';
import { buildLog, type LogItem } from './conversation-log.ts';
import { directoryNames } from './directory-names.ts';

const names = directoryNames({
  labels: [{ id: 'lbl', version: 1, name: 'VIP', color: '#123456' }],
  agents: [{ id: 'agt', version: 1, name: 'Budi', online: true }],
  teams: [{ id: 'team', version: 1, name: 'Layanan', agentIds: ['agt'] }],
  aiAgents: [],
  inboxes: [],
});

type Body<T extends ConversationEvent = ConversationEvent> = T extends unknown
  ? Omit<T, 'seq' | 'cursor' | 'at' | 'sessionId'>
  : never;

/** Returns events in the given order, a minute apart. */
function log(...bodies: Body[]): ConversationEvent[] {
  return bodies.map((body, index) => ({
    seq: index + 1,
    cursor: String(index + 1),
    at: `2026-11-22T09:0${index}:00.000Z`,
    sessionId: 'ses',
    ...body,
  }));
}

function message(id: string, kind: Message['author']['kind'], extra: Partial<Message> = {}): Body {
  return {
    type: 'message',
    message: {
      id,
      seq: 1,
      sessionId: 'ses',
      at: '2026-11-22T09:00:00.000Z',
      author: { kind },
      text: id,
      ...extra,
    },
  };
}

const asking = message('m1.0', 'bot', {
  cardId: 'ask',
  turnId: 'm1',
  buttons: [
    { id: 'one', label: 'Satu' },
    { id: 'two', label: 'Dua' },
  ],
});

function messages(items: LogItem[]): Extract<LogItem, { kind: 'message' }>[] {
  return items.filter((item) => item.kind === 'message');
}

test('a pressed button is marked on the message that offered it', () => {
  const press = message('m2', 'visitor', { pressed: { cardId: 'ask', buttonId: 'two' } });
  assert.equal(
    messages(buildLog(log(message('m1', 'visitor'), asking, press), names))[1]?.chosenButtonId,
    'two',
  );
});

test('a button chosen by typing is read from the path of the turn that chose it', () => {
  const path = (turnId: string, cardId: string): Body => ({
    type: 'path',
    turnId,
    verdict: 'equal',
    trace: [{ cardId, outcome: 'matched' }],
  });
  const events = log(asking, path('m1', 'one'), message('m2', 'visitor'), path('m2', 'two'));
  assert.equal(messages(buildLog(events, names))[0]?.chosenButtonId, 'two');
});

test('changes by the flow and by agents name their author', () => {
  const events = log(
    { type: 'labels', added: ['lbl'], removed: [], cardId: 'mark' },
    { type: 'labels', added: [], removed: ['lbl', 'gone'] },
    { type: 'handler', handler: null, candidates: { agentIds: ['agt'], teamIds: ['team'] } },
    { type: 'session', session: { id: 'ses', number: 2, status: 'resolved', flow: null }, by: 'agt' },
  );
  const texts = buildLog(events, names).flatMap((item) => ('text' in item ? [item.text] : []));
  assert.deepEqual(texts, [
    'Label VIP ditambahkan oleh Flow',
    'Label VIP dan gone dilepas',
    'Menunggu salah satu dari Budi dan Layanan',
    'Sesi 2 di-Resolve oleh Budi',
  ]);
});

test('the end of a session names its author and the rating', () => {
  const session = { id: 'ses', number: 2, status: 'resolved' as const, flow: null };
  const rating = { sessionId: 'ses', score: 4, comment: 'Cepat.', at: '2026-11-22T09:01:00.000Z' };
  const events = log(
    { type: 'session', session, by: null, endedBy: 'visitor' },
    { type: 'rating', rating },
    { type: 'session', session, by: null, endedBy: 'agent' },
  );
  const [, ended, rated, resolved] = buildLog(events, names);
  assert.equal(ended?.kind === 'session' && ended.text, 'Sesi 2 diakhiri pengunjung');
  assert.ok(rated?.kind === 'rating');
  assert.deepEqual([rated.score, rated.comment], [4, 'Cepat.']);
  assert.equal(resolved?.kind === 'session' && resolved.text, 'Sesi 2 di-Resolve');
});

test('an erasure replaces the erased events', () => {
  const [, erased, ...rest] = buildLog(
    log({ type: 'erased' }, { type: 'status', status: 'resolved' }),
    names,
  );
  assert.ok(erased?.kind === 'session');
  assert.match(erased.text, /menghapus datanya/);
  assert.deepEqual(rest, []);
});

test('a new day or another line between two messages starts a new group', () => {
  const events = log(
    message('a', 'agent'),
    message('b', 'agent'),
    { type: 'status', status: 'assigned' },
    message('c', 'agent'),
  );
  const items = buildLog(events, names);
  assert.equal(items[0]?.kind, 'day');
  assert.deepEqual(
    messages(items).map((item) => item.startsGroup),
    [true, false, true],
  );
});

test('a pause starts a new group with author and time', () => {
  const visitorMessage = (id: string, clock: string) =>
    message(id, 'visitor', { at: `2026-11-22T${clock}:00.000Z` });
  const items = buildLog(
    log(visitorMessage('a', '09:00'), visitorMessage('b', '09:04'), visitorMessage('c', '09:32')),
    names,
  );
  assert.deepEqual(
    messages(items).map(({ startsGroup }) => startsGroup),
    [true, false, true],
  );
});

test('only the last message that the visitor has seen is marked as seen', () => {
  const events = log(message('a', 'agent'), message('b', 'agent'), { type: 'read', by: 'visitor', upTo: 2 });
  assert.deepEqual(
    messages(buildLog(events, names)).map((item) => item.seen),
    [false, true],
  );
});

test('an event of an unknown type is ignored', () => {
  const unknown = { type: 'applause' } as unknown as Body;
  assert.deepEqual(buildLog(log(unknown), names), []);
});

test('a new session adds no line for each value that it resets', () => {
  const opened: Body = { type: 'session', session: { id: 'ses', number: 2, status: 'open', flow: null } };
  const events = log(
    opened,
    { type: 'status', status: 'open' },
    { type: 'handler', handler: null },
    message('m1', 'visitor'),
    { type: 'status', status: 'pending' },
  );
  assert.deepEqual(
    buildLog(events, names).map((item) => item.kind),
    ['day', 'session', 'message', 'note'],
  );
});
