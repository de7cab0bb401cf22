import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeFlow, type Card, type Flow } from '@alur/flow';
import { en } from '../../strings/en.ts';
import { nameConflicts } from './name-conflicts.ts';
import { editorKinds } from '../../kinds/editor-kinds.ts';

const base: Flow = {
  format: 'alur.flow/2',
  id: 'flow_1',
  name: 'Jam kerja',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['say'] },
    say: { kind: 'message', text: 'Halo', next: ['end'] },
    end: { kind: 'assign-ai', aiAgentId: 'ai', agentIds: [], next: [] },
  },
};

function namesAfter(change: (flow: Flow, side: string) => void): string[] {
  const [mine, theirs] = ['mine', 'theirs'].map((side) => {
    const flow = structuredClone(base);
    change(flow, side);
    return flow;
  }) as [Flow, Flow];
  const { flow, conflicts } = mergeFlow(base, mine, theirs);
  return nameConflicts(conflicts, [flow, theirs, mine], { strings: en, kinds: editorKinds });
}

test('a card that both sides changed is listed once with its current text', () => {
  const names = namesAfter((flow, side) => {
    Object.assign(flow.cards['say']!, { text: `Halo dari ${side}`, note: side });
  });
  assert.deepEqual(names, ['Send Message: Halo dari mine']);
});

test('a card is named by its title, and the fields of the flow have their own names', () => {
  const names = namesAfter((flow, side) => {
    flow.name = side;
    flow.timeZone = side === 'mine' ? 'Asia/Makassar' : 'Asia/Jayapura';
    flow.cards['end'] = { ...flow.cards['end'], title: `Akhir ${side}` } as Card;
  });
  assert.deepEqual(names.toSorted(), ['Akhir mine', 'the name of the flow', 'the time zone of the flow']);
});
