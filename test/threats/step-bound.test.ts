/**
 * Threat 11: no flow and no input takes more steps than the flow has cards, and the worst case of both is
 * fast.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  advance,
  compileFlow,
  explain,
  parseFlow,
  startRun,
  type Card,
  type Flow,
  type VisitorInput,
} from '@alur/flow';
import { randomFlow, randomInput, RANDOM_ZONES, seededPick } from '@alur/flow/testing';

/**
 * The worst document with the worst message takes 30 ms after the engine is warm. This limit is for a cold
 * one.
 */
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

/**
 * Runs one input. Returns its number of steps. Uses the thread's own CPU time, because other processes can
 * use the processor.
 */
function stepsOf(flow: Flow, input: VisitorInput, zones = RANDOM_ZONES): number {
  const compiled = compileFlow(flow, zones);
  const run = startRun();
  const began = process.cpuUsage();
  const { trace } = explain(compiled, run, input);
  const { user, system } = process.cpuUsage(began);
  assert.ok((user + system) / 1000 < MOST_MS, `${(user + system) / 1000} ms`);
  // The trace also contains branches that were not tested, which are not steps.
  return trace.filter(({ outcome }) => outcome !== 'not-asked').length;
}
const sizeOf = ({ cards }: Flow) => Object.keys(cards).length;

test('a cycle of jumps ends when a card is visited again', () => {
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
  // 660 branches of three cards each. Each jump leads to the next branch's label, the last one to the first.
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

test('the widest fork with the longest keywords and the longest message is tested once', () => {
  const cards: Record<string, object> = {};
  const branches: string[] = [];
  for (let n = 0; n < 900; n++) {
    branches.push(`if${n}`);
    // Many near matches: the worst case for a search by characters.
    const keywords = [`${'a'.repeat(990)}b${n}`];
    cards[`if${n}`] = { kind: 'condition', test: { kind: 'first-message-text', keywords }, next: [] };
  }
  cards['rest'] = { kind: 'else', next: [] };
  cards['start'] = { kind: 'start', next: [...branches, 'rest'] };
  const flow = flowOf(cards);
  assert.ok(stepsOf(flow, message('a'.repeat(4_000))) <= sizeOf(flow) + 1);
});

/**
 * DESIGN limit for one input, in ms of processor time. Other work on the machine makes single rounds longer.
 */
const ADVANCE_MS = 50;

/**
 * Returns the processor time of one `advance` without a matching branch: the first below the limit, or the
 * minimum of many.
 */
function advanceMs(flow: Flow, text: string): number {
  const compiled = compileFlow(flow, RANDOM_ZONES);
  const run = startRun();
  let least = Infinity;
  for (let round = 0; round < 20 && least >= ADVANCE_MS; round++) {
    const began = process.cpuUsage();
    const { effects } = advance(compiled, run, message(text));
    const { user, system } = process.cpuUsage(began);
    assert.equal(effects[0]?.cardId, 'rest');
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Returns a flow with the maximum number of conditions and keywords of a document. */
function keywordFlow(tests: object[]): Flow {
  const cards: Record<string, object> = { rest: { kind: 'else', next: [] } };
  const branches = tests.map((one, n) => {
    cards[`if${n}`] = { kind: 'condition', test: { kind: 'first-message-text', ...one }, next: [] };
    return `if${n}`;
  });
  cards['start'] = { kind: 'start', next: [...branches, 'rest'] };
  return flowOf(cards);
}

/** Returns ten tests with 500 different keywords each. */
const tenTests = (keyword: (n: number) => string) =>
  Array.from({ length: 10 }, (_, test) => ({
    keywords: Array.from({ length: 500 }, (_, n) => keyword(test * 500 + n)),
  }));

/** Keywords and messages with many near matches, each expensive for one search algorithm. */
const HOSTILE: Record<string, [tests: { keywords: string[] }[], text: string]> = {
  'one letter': [tenTests((n) => 'q'.repeat(1 + (n % 400))), 'q'.repeat(4000)],
  'a difference at the end': [tenTests((n) => `${'a'.repeat(380)}b${n}`), 'a'.repeat(4000)],
  'a difference at the beginning': [tenTests((n) => `${n}b${'a'.repeat(380)}`), 'a'.repeat(4000)],
  'many short words': [tenTests((n) => `${'a '.repeat(1 + (n % 190))}b${n}`), 'a '.repeat(2000)],
  'words cut off': [tenTests((n) => `${'ab '.repeat(1 + (n % 120))}a`), 'ab '.repeat(1333)],
  'longest text': [tenTests((n) => `${'\ufb00'.repeat(100)}b${n}`), '\ufb00'.repeat(4000)],
  'letters that become many': [tenTests((n) => `${'\ufdfa'.repeat(40)}${n}`), '\ufdfa'.repeat(4000)],
  Chinese: [tenTests((n) => `${'退'.repeat(120)}款${n}`), '退'.repeat(4000)],
  marks: [tenTests((n) => `a${'\u0301'.repeat(100)}${n}`), `a${'\u0301'.repeat(3999)}`],
  'one keyword in each branch': [
    Array.from({ length: 1990 }, (_, n) => ({ keywords: [`${'a'.repeat(20)}${n}`] })),
    'a'.repeat(4000),
  ],
};

for (const [name, [tests, text]] of Object.entries(HOSTILE)) {
  test(`the maximum number of keywords is matched in one pass: ${name}`, () => {
    const flow = keywordFlow(tests);
    for (const match of ['contains', 'word', 'equals', 'starts-with'] as const) {
      // Those are found anywhere, but are not words.
      if (/^(contains|starts)/.test(match) && ['one letter', 'words cut off'].includes(name)) continue;
      for (const ignoreAccents of [false, true]) {
        for (const card of Object.values(flow.cards))
          if (card.kind === 'condition') Object.assign(card.test!, { match, ignoreAccents });
        const took = advanceMs(flow, text);
        assert.ok(took < ADVANCE_MS, `${match}${ignoreAccents ? ' without accents' : ''}: ${took} ms`);
      }
    }
  });
}

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
    // In a loop, the trace contains the card that would be entered a second time.
    assert.ok(steps <= sizeOf(flow) + 1, `seed ${seed}: ${steps} steps in ${sizeOf(flow)} cards`);
  }
});
