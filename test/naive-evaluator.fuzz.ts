/**
 * `npm run fuzz -- --runs N [--seed S]`: tests random flows with the second evaluator and the laws of the
 * package. A failure prints its seed; `--seed S --runs 1` repeats it.
 */
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import {
  advance,
  checkFlow,
  compileFlow,
  explain,
  type FlowRun,
  parseFlow,
  publicEffect,
  publicFlow,
  startRun,
} from '@alur/flow';
import { deepFreeze, randomFlow, randomInput, RANDOM_ZONES, seededPick } from '@alur/flow/testing';
import { naiveAdvance } from './naive-evaluator.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
const firstSeed = Number(values.seed);
const facts = {
  visitor: { name: 'Ani', language: 'pt-BR', attributes: { plan: '{{visitor.name}}' } },
  inbox: { name: 'Toko' },
};
const took: number[] = [];

for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
  try {
    check(seed);
  } catch (error) {
    console.error(`Seed ${seed} fails: npm run fuzz -- --seed ${seed} --runs 1`);
    throw error;
  }
}
took.sort((a, b) => a - b);
const [half, most, longest] = [0.5, 0.999, 1].map((share) =>
  took[Math.ceil(took.length * share) - 1]!.toFixed(3),
);
console.log(
  `${runs} flows, ${took.length} inputs: no difference, nothing thrown, nothing mutated; ` +
    `half of the inputs within ${half} ms, 99.9 % within ${most} ms, the longest ${longest} ms`,
);

function check(seed: number): void {
  const pick = seededPick(seed);
  const flow = deepFreeze(randomFlow(pick, 40));
  const parsed = parseFlow(flow);
  assert.ok(parsed.ok);
  assert.equal(JSON.stringify(parsed.flow), JSON.stringify(flow));
  if (seed % 20 === 0) checkFlow(flow);
  parseFlow(damaged(flow, pick));

  const compiled = compileFlow(flow, RANDOM_ZONES);
  const open = compileFlow(publicFlow(flow), RANDOM_ZONES);
  let run: FlowRun = startRun(facts);
  for (let number = 0; number < 5; number++) {
    const input = deepFreeze(randomInput(pick, flow, number));
    const start = performance.now();
    const answer = deepFreeze(advance(compiled, run, input));
    took.push(performance.now() - start);
    assert.deepEqual(naiveAdvance(flow, RANDOM_ZONES, run, input), answer);
    assert.deepEqual(advance(open, run, input), { ...answer, effects: answer.effects.map(publicEffect) });
    const { trace: _trace, ...explained } = explain(compiled, run, input);
    assert.deepEqual(explained, answer);
    run = answer.run;
  }
}

/** Returns the document with one value replaced by an invalid one. Parsing it must not throw. */
function damaged(flow: object, pick: (bound: number) => number): unknown {
  const copy = structuredClone(flow) as Record<string, unknown>;
  let holder: Record<string, unknown> = copy;
  for (;;) {
    const keys = Object.keys(holder);
    const key = keys[pick(Math.max(1, keys.length))] ?? 'x';
    const value = holder[key];
    if (typeof value === 'object' && value !== null && pick(4) > 0) holder = value as Record<string, unknown>;
    else {
      holder[key] = [null, 1, '', 'start', [], {}, ['start'], true, 'c0'][pick(9)];
      // A document that is still accepted must also run and be checked.
      const result = parseFlow(copy);
      if (result.ok) {
        checkFlow(result.flow);
        const compiled = compileFlow(result.flow, RANDOM_ZONES);
        advance(compiled, startRun(), { kind: 'message', id: 'm', at: '', text: 'a' });
      }
      return copy;
    }
  }
}
