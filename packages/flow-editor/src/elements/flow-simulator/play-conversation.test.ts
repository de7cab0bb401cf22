import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flow } from '@alur/flow';
import type { TriedStep } from '../../store/tried-conversation.ts';
import { instantOf, localTimeOf, playConversation } from './play-conversation.ts';
import { editorKinds } from '../../kinds/editor-kinds.ts';

const flow: Flow = {
  format: 'alur.flow/2',
  id: 'flow_1',
  name: 'Jam kerja',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['hours', 'rest'] },
    hours: {
      kind: 'condition',
      test: { kind: 'first-message-time', windows: [{ from: '09:00', to: '17:00' }] },
      next: ['ask'],
    },
    rest: { kind: 'else', next: ['night'] },
    night: { kind: 'message', text: 'Tutup', next: [] },
    ask: { kind: 'buttons', text: 'Halo {{visitor.name|kak}}', next: ['order', 'typed'] },
    order: { kind: 'button', label: 'Pesanan', next: ['end'] },
    typed: { kind: 'else', next: [] },
    end: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  },
};

let count = 0;
function message(text: string, local: string): TriedStep {
  const at = instantOf(local, 'Asia/Jakarta')!;
  return { kind: 'input', input: { kind: 'message', id: `m${++count}`, at, text } };
}

test('the selected time is used, also years ahead', () => {
  const day = playConversation(flow, [message('halo', '2031-05-06T09:00')], {}, editorKinds);
  assert.equal(day.trace.get('hours')?.outcome, 'matched');
  const night = playConversation(flow, [message('halo', '2031-05-06T17:00')], {}, editorKinds);
  assert.equal(night.trace.get('hours')?.outcome, 'not-matched');
  assert.equal(night.trace.get('night')?.outcome, 'entered');
});

test('a template shows the name of the visitor, or the fallback without a name', () => {
  const textOf = (name?: string) => {
    const played = playConversation(
      flow,
      [message('halo', '2026-03-02T10:00')],
      name ? { visitor: { name } } : {},
      editorKinds,
    );
    const effect = played.exchanges[0]!.effects.find(({ kind }) => kind === 'send-buttons');
    return effect && 'text' in effect ? effect.text : '';
  };
  assert.equal(textOf('Sari'), 'Halo Sari');
  assert.equal(textOf(), 'Halo kak');
});

test('after an end nothing is evaluated until the conversation is resolved', () => {
  const steps = [
    message('halo', '2026-03-02T10:00'),
    message('pesanan', '2026-03-02T10:01'),
    message('masih ada?', '2026-03-02T10:02'),
  ];
  const played = playConversation(flow, steps, {}, editorKinds);
  assert.equal(played.run.status, 'ended');
  assert.equal(played.exchanges[2]!.isIgnored, true);
  const again = playConversation(
    flow,
    [...steps, { kind: 'resolve', id: 'r' }, message('halo', '2026-03-02T20:00')],
    {},
    editorKinds,
  );
  assert.equal(again.trace.get('night')?.outcome, 'entered');
  assert.equal(again.trace.has('ask'), false);
});

test('a time is interpreted in its zone before and after a change to summer time', () => {
  assert.equal(instantOf('2026-03-02T09:30', 'Asia/Jakarta'), '2026-03-02T02:30:00.000Z');
  assert.equal(instantOf('2026-03-28T12:00', 'Europe/Berlin'), '2026-03-28T11:00:00.000Z');
  assert.equal(instantOf('2026-03-29T12:00', 'Europe/Berlin'), '2026-03-29T10:00:00.000Z');
  assert.equal(localTimeOf(Date.parse('2026-03-02T02:30:00Z'), 'Asia/Makassar'), '2026-03-02T10:30');
  assert.equal(instantOf('besok', 'Asia/Jakarta'), null);
  assert.equal(instantOf('2026-03-02T09:30', 'Mars/Olympus'), null);
});
