import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WidgetConfig } from '@alur/client';
import { compileFlow, ENGINE_REVISION, type CompiledFlow, type VisitorInput } from '@alur/flow/run';
import type { Screen } from '../store/screen.ts';
import { askingFlow } from '../testing/flows.ts';
import * as engine from './flow-engine.ts';
import { createTurn } from './create-turn.ts';

const input: VisitorInput = { kind: 'message', id: 'm1', at: '2026-12-01T00:00:00.000Z', text: 'Halo' };
const pin = { id: 'flow', version: 1 };

function openingTurn({ flow, compiled }: { flow: typeof pin | null; compiled: CompiledFlow | null }) {
  const screen: Screen = { messages: [], session: null, run: null, resolved: false };
  const config = { flow, inbox: { name: 'Toko' } } as WidgetConfig;
  const flows = { live: flow, compiled: () => compiled, engine };
  return createTurn(input, { screen, config, flows, person: undefined, verified: null, newId: () => 's1' });
}

test('a turn names the engine revision that computed its effects', () => {
  const turn = openingTurn({ flow: pin, compiled: compileFlow(askingFlow('Halo!')) });
  assert.ok(turn.effects && turn.effects.length > 0);
  assert.equal(turn.engineRevision, ENGINE_REVISION);
});

test('a turn of an inbox without a flow names the engine revision', () => {
  const turn = openingTurn({ flow: null, compiled: null });
  assert.deepEqual([turn.effects, turn.engineRevision], [[], ENGINE_REVISION]);
});

test('a turn without effects names no revision', () => {
  const turn = openingTurn({ flow: pin, compiled: null });
  assert.deepEqual([turn.flow, 'effects' in turn, 'engineRevision' in turn], [pin, false, false]);
});
