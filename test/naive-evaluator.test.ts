import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  advance,
  compileFlow,
  startRun,
  type Effect,
  type Facts,
  type Flow,
  type FlowRun,
  type VisitorInput,
  type Zones,
} from '@alur/flow';
import { randomFlow, randomInput, RANDOM_LANGUAGES, RANDOM_ZONES, seededPick } from '@alur/flow/testing';
import { naiveAdvance } from './naive-evaluator.ts';

interface Case {
  id: string;
  flow: Flow;
  zones: Zones;
  facts?: Facts;
  steps: { input: VisitorInput; effects: Effect[]; run: FlowRun }[];
}

describe('the second evaluator', () => {
  it('returns the results of the conformance vectors', () => {
    const folder = new URL('../packages/flow/vectors/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const cases = files.flatMap(
      (name): Case[] => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).cases ?? [],
    );
    assert.ok(cases.length >= 150);
    for (const { id, flow, zones, facts = {}, steps } of cases) {
      let run: object = { status: 'new', waitingAt: null, first: null, facts };
      for (const step of steps) {
        const answer = naiveAdvance(flow, zones, run, step.input);
        assert.deepEqual(answer, { run: step.run, effects: step.effects }, id);
        run = answer.run;
      }
    }
  });

  it('agrees with the engine on thousands of random flows', () => {
    for (let seed = 0; seed < 5000; seed++) {
      const pick = seededPick(seed);
      const flow = randomFlow(pick);
      const compiled = compileFlow(flow, RANDOM_ZONES);
      let run = startRun({
        visitor: {
          name: 'Ani',
          language: RANDOM_LANGUAGES[seed % RANDOM_LANGUAGES.length]!,
          attributes: { plan: '{{visitor.name}}' },
        },
      });
      for (let number = 0; number < 5; number++) {
        const input = randomInput(pick, flow, number);
        const answer = advance(compiled, run, input);
        assert.deepEqual(
          naiveAdvance(flow, RANDOM_ZONES, run, input),
          answer,
          `seed ${seed}, input ${number}`,
        );
        run = answer.run;
      }
    }
  });
});
