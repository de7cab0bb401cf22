/** Threat 11: no flow and no input takes more steps than the flow has cards, and the worst of both is over in a moment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compileFlow,
  explain,
  parseFlow,
  startRun,
  type Card,
  type Flow,
  type VisitorInput,
} from '@alur/flow';
import { randomFlow, randomInput, RANDOM_ZONES, seededPick } from '@alur/flow/testing';

/** The worst document against the worst message takes 30 ms once the engine is warm; this bound is for a cold one. */
const MOST_MS = 250;
const message = (text: string): VisitorInput => ({
  kind: 'message',
  id: 'm',
  at: '2026-02-03T04:05:06.000Z',
  text,
});

function flowOf(cards: Record<string, object>): Flow {
  const document = { format: 'alur.flow/2', id: 'f', name: 'Hostile', timeZone: 'Asia/Jakarta', cards };
  const parsed = parseFlow(document);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.flow;
}

/** Runs one input, and gives the steps it took. The thread's own time counts: another process may have the processor. */
function stepsOf(flow: Flow, input: VisitorInput, zones = RANDOM_ZONES): number {
  const compiled = compileFlow(flow, zones);
  const run = startRun(compiled);
  const began = process.cpuUsage();
  const { trace } = explain(compiled, run, input);
  const { user, system } = process.cpuUsage(began);
  assert.ok((user + system) / 1000 < MOST_MS, `${(user + system) / 1000} ms`);
  // Branches that were never asked are told, too, and are no steps.
  return trace.filter(({ outcome }) => outcome !== 'not-asked').length;
}
const sizeOf = ({ cards }: Flow) => Object.keys(cards).length;

test('jumps that lead in a ring end when a card comes round again', () => {
  const cards: Record<string, object> = { start: { kind: 'start', next: ['fork0', 'rest'] } };
  cards['fork0'] = {
    kind: 'condition',
    test: { kind: 'first-message-text', keywords: ['a'] },
    next: ['label0'],
  };
  cards['rest'] = { kind: 'else', next: [] };
  cards['label0'] = { kind: 'label', labelIds: ['l'], next: ['jump0'] };
  cards['jump0'] = { kind: 'jump', to: 'label0', next: [] };
  const flow = flowOf(cards);
  assert.ok(stepsOf(flow, message('a')) <= sizeOf(flow) + 1);
});

test('the longest chain of jumps that a document can hold is walked once', () => {
  const cards: Record<string, object> = { start: { kind: 'start', next: [] } };
  const branches: string[] = [];
  // 660 branches of three cards each; each jump leads to the next branch's label, the last one back to the first.
  for (let n = 0; n < 660; n++) {
    branches.push(`if${n}`);
    const test = { kind: 'first-message-text', match: 'equals', keywords: [n === 0 ? 'a' : `never ${n}`] };
    cards[`if${n}`] = { kind: 'condition', test, next: [`label${n}`] };
    cards[`label${n}`] = { kind: 'label', labelIds: [`l${n}`], next: [`jump${n}`] };
    cards[`jump${n}`] = { kind: 'jump', to: `label${(n + 1) % 660}`, next: [] };
  }
  cards['rest'] = { kind: 'else', next: [] };
  cards['start'] = { kind: 'start', next: [...branches, 'rest'] };
  const flow = flowOf(cards);
  const steps = stepsOf(flow, message('a'));
  assert.ok(steps > 1_300 && steps <= sizeOf(flow) + 1, `${steps} steps`);
});

test('the widest fork with the longest keywords against the longest message is asked once', () => {
  const cards: Record<string, object> = {};
  const branches: string[] = [];
  for (let n = 0; n < 900; n++) {
    branches.push(`if${n}`);
    // Nearly there, again and again: the worst that a search by letters can be given.
    const keywords = [`${'a'.repeat(990)}b${n}`];
    cards[`if${n}`] = { kind: 'condition', test: { kind: 'first-message-text', keywords }, next: [] };
  }
  cards['rest'] = { kind: 'else', next: [] };
  cards['start'] = { kind: 'start', next: [...branches, 'rest'] };
  const flow = flowOf(cards);
  assert.ok(stepsOf(flow, message('a'.repeat(4_000))) <= sizeOf(flow) + 1);
});

test('the deepest tree is walked without recursion', () => {
  const cards: Record<string, Card | object> = { start: { kind: 'start', next: ['c1'] } };
  for (let depth = 1; depth <= 100; depth++)
    cards[`c${depth}`] = { kind: 'label', labelIds: ['l'], next: depth < 100 ? [`c${depth + 1}`] : [] };
  const flow = flowOf(cards);
  assert.equal(stepsOf(flow, message('a')), 101);
});

test('in 2,000 random flows no input takes more steps than there are cards', () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const pick = seededPick(seed);
    const flow = randomFlow(pick);
    const steps = stepsOf(flow, randomInput(pick, flow, 0));
    // Where a card comes round again, it is entered a second time to be told.
    assert.ok(steps <= sizeOf(flow) + 1, `seed ${seed}: ${steps} steps in ${sizeOf(flow)} cards`);
  }
});
