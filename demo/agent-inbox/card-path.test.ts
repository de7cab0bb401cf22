import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flow } from '@alur/flow';
import type { ConversationEvent } from '@alur/protocol';
import { cardPath } from './card-path.ts';

const flow: Flow = {
  format: 'alur.flow/2',
  id: 'flow',
  name: 'Alur',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['vip', 'rest'] },
    vip: {
      kind: 'condition',
      title: 'Pelanggan VIP',
      test: { kind: 'first-message-text', keywords: ['vip'] },
      next: [],
    },
    rest: { kind: 'else', next: ['mark'] },
    mark: { kind: 'label', labelIds: ['lbl'], next: [] },
  },
};

const directory = {
  labels: [{ id: 'lbl', version: 1, name: 'Umum', color: '#123456' }],
  agents: [],
  teams: [],
  aiAgents: [],
  inboxes: [],
};

const base = { cursor: '', at: '2026-11-22T09:00:00.000Z' };
const events: ConversationEvent[] = [
  {
    ...base,
    seq: 1,
    sessionId: 'old',
    type: 'path',
    turnId: 'm0',
    verdict: 'equal',
    trace: [{ cardId: 'start', outcome: 'entered' }],
  },
  {
    ...base,
    seq: 2,
    sessionId: 'ses',
    type: 'message',
    message: { ...base, id: 'm1', seq: 2, sessionId: 'ses', author: { kind: 'visitor' }, text: 'Halo' },
  },
  {
    ...base,
    seq: 3,
    sessionId: 'ses',
    type: 'path',
    turnId: 'm1',
    verdict: 'equal',
    flow: { id: 'flow', version: 2 },
    trace: [
      { cardId: 'start', outcome: 'entered' },
      { cardId: 'vip', outcome: 'not-matched', why: { code: 'no-keyword', text: 'halo' } },
      { cardId: 'rest', outcome: 'matched', why: { code: 'else' } },
      { cardId: 'mark', outcome: 'entered' },
    ],
  },
];

test("a path of one session contains its cards, the visitor's texts and the reasons of branches", () => {
  const turns = cardPath(events, 'ses', { 'flow/2': flow }, directory);
  assert.equal(turns.length, 1);
  assert.equal(turns[0]?.text, 'Halo');
  assert.deepEqual(
    turns[0]?.steps.map((step) => [step.title, step.taken]),
    [
      ['Start Point', true],
      ['Pelanggan VIP', false],
      ['Else', true],
      [turns[0]?.steps[3]?.title, true],
    ],
  );
  assert.match(turns[0]?.steps[1]?.why ?? '', /halo/);
  assert.match(turns[0]?.steps[3]?.title ?? '', /Umum/);
});

test('cards of a missing version have their ids as names, and none is omitted', () => {
  const turns = cardPath(events, 'ses', { 'flow/2': null }, directory);
  assert.deepEqual(
    turns[0]?.steps.map((step) => step.title),
    ['start', 'vip', 'rest', 'mark'],
  );
});

test('a text that the trace contains once appears in the reason of every branch that tested it', () => {
  const newTurns = events.map((event) => {
    if (event.type !== 'path') return event;
    const [start, vip, ...others] = event.trace;
    return { ...event, trace: [start!, vip!, { ...vip!, why: { code: 'no-keyword' } }, ...others] };
  });
  const [turn] = cardPath(newTurns.slice(1), 'ses', { 'flow/2': flow }, directory);
  assert.match(turn?.steps[1]?.why ?? '', /halo/);
  assert.equal(turn?.steps[2]?.why, turn?.steps[1]?.why);
});
