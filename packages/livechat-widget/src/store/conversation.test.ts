import type { ConversationEvent, Message, TurnResult, VisitorConversation } from '@alur/client';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_CONVERSATION, reduce } from './conversation.ts';

const said = (seq: number, kind: Message['author']['kind'] = 'agent'): Message => ({
  id: `m${seq}`,
  seq,
  sessionId: 's',
  at: '2026-02-03T04:05:06.000Z',
  author: { kind },
  text: `text ${seq}`,
});
const event = (message: Message) =>
  ({
    type: 'message',
    seq: message.seq,
    cursor: '',
    at: message.at,
    sessionId: 's',
    message,
  }) as ConversationEvent;
const snapshot = (messages: Message[], change: Partial<VisitorConversation> = {}): VisitorConversation => ({
  session: null,
  run: null,
  seq: 0,
  messages,
  more: false,
  cursor: '',
  logSeq: 0,
  unread: 0,
  handler: null,
  serverTime: '',
  ...change,
});

test('unread counts new messages of others once, and reading clears it', () => {
  let state = EMPTY_CONVERSATION;
  for (const message of [said(1), said(2, 'visitor'), said(3, 'bot'), said(3, 'bot')]) {
    state = reduce(state, { kind: 'event', event: event(message) });
  }
  assert.equal(state.unread, 2);
  state = reduce(state, { kind: 'read', upTo: 3 });
  assert.equal(state.unread, 0);
  assert.equal(reduce(state, { kind: 'read', upTo: 2 }), state, 'an older mark changes nothing');
  state = reduce(state, { kind: 'event', event: event(said(4)) });
  assert.equal(state.unread, 1);
});

test('reading in another tab or on another device clears the unread count', () => {
  let state = reduce(EMPTY_CONVERSATION, { kind: 'event', event: event(said(5)) });
  const read = { type: 'read', by: 'visitor', upTo: 5, seq: 6, cursor: '', at: '', sessionId: 's' } as const;
  state = reduce(state, { kind: 'event', event: read });
  assert.equal(state.unread, 0);
});

test('older pages are prepended without duplicates', () => {
  let state = reduce(EMPTY_CONVERSATION, {
    kind: 'snapshot',
    conversation: snapshot([said(8), said(9)], { more: true }),
  });
  state = reduce(state, { kind: 'older', conversation: snapshot([said(6), said(7), said(8)]) });
  assert.deepEqual(
    state.messages.map(({ seq }) => seq),
    [6, 7, 8, 9],
  );
  assert.equal(state.more, false);
});

test('an older snapshot of another tab removes no newer messages', () => {
  const [open, resolved] = (['open', 'resolved'] as const).map(
    (status) => ({ id: 's', number: 1, status, flow: null }) as const,
  );
  const run = { status: 'ended', waitingAt: null, first: null, facts: {}, endReason: 'assigned' } as const;
  const handler = { kind: 'agent', name: 'Budi' } as const;
  let known = reduce(EMPTY_CONVERSATION, {
    kind: 'snapshot',
    conversation: snapshot([said(1), said(4), said(5, 'visitor')], { session: resolved!, run, logSeq: 7 }),
  });
  known = { ...known, runAt: 6, handler, handlerAt: 6 };
  const conversation = snapshot([said(1), said(2)], { session: open!, logSeq: 3, unread: 1 });
  const { messages, unread, ...rest } = reduce(known, { kind: 'snapshot', conversation, relayed: true });
  assert.deepEqual(
    messages.map(({ seq }) => seq),
    [1, 2, 4, 5],
  );
  assert.equal(unread, 2, 'messages after the snapshot are unread as well');
  assert.deepEqual(
    [rest.session, rest.run, rest.runAt, rest.handler, rest.handlerAt],
    [resolved, run, 6, handler, 6],
  );
  const own = reduce(known, { kind: 'snapshot', conversation });
  assert.deepEqual(own.messages, conversation.messages, 'the snapshot of this tab replaces the state');
  assert.deepEqual([own.session, own.handler], [open, null]);
  const newer = { ...conversation, logSeq: 9, handler: null };
  const later = reduce(known, { kind: 'snapshot', conversation: newer, relayed: true });
  assert.deepEqual([later.messages, later.session, later.handler], [newer.messages, open, null]);
});

test('events out of order are sorted', () => {
  let state = reduce(EMPTY_CONVERSATION, { kind: 'event', event: event(said(9)) });
  state = reduce(state, { kind: 'event', event: event(said(4)) });
  assert.deepEqual(
    state.messages.map(({ seq }) => seq),
    [4, 9],
  );
});

test('a response that is older than the log does not reopen a session', () => {
  const session = { id: 's', number: 1, status: 'open', flow: null } as const;
  const ended = { status: 'ended', waitingAt: null, first: null, facts: {}, endReason: 'assigned' } as const;
  const input = { kind: 'message', id: 'm3', at: '', text: 'text 3' } as const;
  let state = reduce(EMPTY_CONVERSATION, {
    kind: 'snapshot',
    conversation: snapshot([said(1)], { session, run: ended }),
  });
  state = reduce(state, { kind: 'event', event: event({ ...said(3, 'visitor'), id: 'm3' }) });
  const resolved = {
    type: 'session',
    seq: 5,
    session: { ...session, status: 'resolved' },
  } as ConversationEvent;
  state = reduce(state, { kind: 'event', event: resolved });
  const result = { turnId: 'm3', seq: 1, session, run: ended, effects: [] } as unknown as TurnResult;
  state = reduce(state, { kind: 'answered', turn: { id: 'm3', session: 's', input }, result });
  assert.equal(state.session?.status, 'resolved');
});

test('typing ends with the message or with its end event', () => {
  const typing = { by: 'agent', name: 'Budi' } as const;
  let state = reduce(EMPTY_CONVERSATION, { kind: 'typing', typing });
  assert.equal(state.typing, typing);
  state = reduce(state, { kind: 'event', event: event(said(1)) });
  assert.equal(state.typing, null);
  state = reduce(state, { kind: 'typing', typing: { ...typing, active: false } });
  assert.equal(state.typing, null);
});

test('unknown events change nothing', () => {
  const unknown = {
    type: 'rating',
    seq: 1,
    cursor: '',
    at: '',
    sessionId: 's',
  } as unknown as ConversationEvent;
  assert.equal(reduce(EMPTY_CONVERSATION, { kind: 'event', event: unknown }), EMPTY_CONVERSATION);
});
