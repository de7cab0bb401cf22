import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation, ConversationEvent } from '@alur/protocol';
import {
  INITIAL_STATE,
  visibleConversations,
  withConversations,
  withEvents,
  withFailure,
  withOnly,
  withTyping,
  type InboxState,
} from './inbox-state.ts';

function conversation(id: string, extra: Partial<Conversation> = {}): Conversation {
  return {
    id,
    inboxId: 'inbox',
    visitor: { id: 'visitor', verified: false },
    status: 'open',
    labelIds: [],
    handler: null,
    collaborators: { agentIds: [], teamIds: [] },
    session: { id: 'ses', number: 1, status: 'open', flow: null },
    run: { status: 'new', waitingAt: null, first: null, facts: {} },
    lastMessage: null,
    seq: 1,
    unread: 0,
    createdAt: '2026-11-22T09:00:00.000Z',
    updatedAt: '2026-11-22T09:00:00.000Z',
    ...extra,
  };
}

function message(seq: number, id: string): ConversationEvent {
  const at = '2026-11-22T09:00:00.000Z';
  return {
    type: 'message',
    seq,
    cursor: String(seq),
    at,
    sessionId: 'ses',
    message: { id, seq, sessionId: 'ses', at, author: { kind: 'agent' }, text: id },
  };
}

const open: InboxState = {
  ...INITIAL_STATE,
  open: {
    id: 'c1',
    phase: 'loading',
    events: [],
    cursor: '',
  },
};

test('the last active conversation comes first', () => {
  const state = withConversations(INITIAL_STATE, [
    conversation('old'),
    conversation('new', { updatedAt: '2026-11-22T10:00:00.000Z' }),
  ]);
  assert.deepEqual(
    visibleConversations(state).map(({ id }) => id),
    ['new', 'old'],
  );
});

test('a late response does not replace a newer one', () => {
  const state = withConversations(INITIAL_STATE, [conversation('c1', { seq: 5, status: 'resolved' })]);
  assert.equal(
    withConversations(state, [conversation('c1', { seq: 4 })]).conversations['c1']?.status,
    'resolved',
  );
});

test('a reloaded list drops removed entries, but keeps the open conversation and entries newer than the list', () => {
  const known = withConversations({ ...INITIAL_STATE, open: open.open }, [
    conversation('gone'),
    conversation('c1'),
    conversation('newer', { seq: 9, status: 'resolved' }),
  ]);
  const state = withOnly(known, [conversation('newer', { seq: 8 }), conversation('found')]);
  assert.deepEqual(Object.keys(state.conversations).toSorted(), ['c1', 'found', 'newer']);
  assert.equal(state.conversations['newer']?.status, 'resolved');
});

test('"mine" contains assigned conversations and those with the agent or their team as collaborator', () => {
  const directory = {
    labels: [],
    agents: [{ id: 'me', version: 1, name: 'Saya', online: true }],
    aiAgents: [],
    inboxes: [],
    teams: [{ id: 'team', version: 1, name: 'Tim', agentIds: ['me'] }],
  };
  const state = withConversations(
    { ...INITIAL_STATE, agentId: 'me', directory, filter: { status: 'all', labelId: '', mine: true } },
    [
      conversation('handled', { handler: { kind: 'agent', id: 'me', name: 'Saya' } }),
      conversation('helped', { collaborators: { agentIds: ['me'], teamIds: [] } }),
      conversation('team', { collaborators: { agentIds: [], teamIds: ['team'] } }),
      conversation('unassigned', { status: 'pending', collaborators: { agentIds: ['gone'], teamIds: [] } }),
      conversation('other', { handler: { kind: 'ai', id: 'me', name: 'Bukan saya' } }),
    ],
  );
  assert.deepEqual(
    new Set(visibleConversations(state).map(({ id }) => id)),
    new Set(['handled', 'helped', 'team', 'unassigned']),
  );
});

test('repeated events are added once', () => {
  const once = withEvents(open, 'c1', [message(1, 'x')], '1');
  const twice = withEvents(once, 'c1', [message(1, 'x'), message(2, 'r1')], '2');
  assert.deepEqual(
    twice.open?.events.map((event) => event.seq),
    [1, 2],
  );
});

test('events of a conversation that is no longer open are ignored', () => {
  assert.equal(withEvents(open, 'other', [message(1, 'x')], '1'), open);
});

test('a conversation with a draft or an unsent reply is listed under every filter and on every page', () => {
  const listed = withConversations(INITIAL_STATE, [
    conversation('c1', { status: 'resolved' }),
    conversation('c2'),
  ]);
  const filter = { status: 'open', labelId: '', mine: false } as const;
  const state = withOnly({ ...listed, filter, unfinished: new Set(['c1']) }, []);
  assert.deepEqual(
    visibleConversations(state).map(({ id }) => id),
    ['c1'],
  );
});

test('the error of a change belongs to its conversation', () => {
  const failed = withFailure(withFailure(INITIAL_STATE, 'c1', 'tidak bisa'), 'c2', 'tidak ada');
  assert.deepEqual(withFailure(failed, 'c1', null).failures, { c2: 'tidak ada' });
});

test('the typing state is set and cleared', () => {
  const typing = withTyping(INITIAL_STATE, 'c1', true);
  assert.ok('c1' in typing.typing);
  assert.ok(!('c1' in withTyping(typing, 'c1', false).typing));
});
