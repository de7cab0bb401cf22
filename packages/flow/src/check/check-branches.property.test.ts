import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Flow, FlowTest, Zones } from '../document/flow.ts';
import { startRun } from '../run/advance.ts';
import { compileFlow } from '../run/compile.ts';
import { explain } from '../run/explain.ts';
import { type Pick, seededPick } from '../testing/random-flow.ts';
import { checkBranches } from './check-branches.ts';

/*
 * The checker against brute force: small alphabets, so that every text and a moment of every time window can be tried.
 */

const LETTERS = ['a', 'b', ' '];
const CLOCKS = ['00:00', '06:00', '12:00', '18:00', '24:00'];
const zones: Zones = { 'Asia/Jakarta': [[0, 420]], UTC: [[0, 0]] };

/** Every text of up to four of the letters. */
const texts = ['', 'a', 'b', ' '].concat(
  ...[2, 3, 4].map((length) =>
    Array.from({ length: LETTERS.length ** length }, (_, code) =>
      Array.from(
        { length },
        (_, place) => LETTERS[Math.floor(code / LETTERS.length ** place) % LETTERS.length],
      ).join(''),
    ),
  ),
);
/** One moment in every six hours of a week, on both clocks. */
const moments = Array.from({ length: 168 }, (_, hour) =>
  new Date(Date.UTC(2026, 1, 2, hour, 30)).toISOString(),
);

function randomTest(pick: Pick): FlowTest {
  if (pick(3) === 0) {
    const days = pick(2) === 0 ? {} : { days: [1, 2, 3, 4, 5, 6, 7].filter(() => pick(3) > 0) };
    const timeZone = pick(4) === 0 ? { timeZone: 'UTC' } : {};
    const window = () => ({ from: CLOCKS[pick(4)]!, to: CLOCKS[pick(5)]!, ...days });
    const windows = Array.from({ length: 1 + (pick(3) === 0 ? pick(3) : 0) }, window);
    return { kind: 'first-message-time', windows, ...timeZone };
  }
  const match = (['contains', 'word', 'equals', 'starts-with'] as const)[pick(4)]!;
  const keyword = () => Array.from({ length: 1 + pick(3) }, () => LETTERS[pick(3)]).join('');
  return { kind: 'first-message-text', match, keywords: Array.from({ length: 1 + pick(2) }, keyword) };
}

/** Forks within forks, with a jump into the middle now and then. */
function randomForks(pick: Pick): Flow {
  const flow: Flow = { format: 'alur.flow/2', id: 'f', name: 'F', timeZone: 'Asia/Jakarta', cards: {} };
  let made = 0;
  const steps: string[] = [];
  const grow = (depth: number): string[] => {
    if (depth === 0 || pick(3) === 0) {
      const id = `s${made++}`;
      steps.push(id);
      const isJump = pick(4) === 0;
      flow.cards[id] = isJump
        ? { kind: 'jump', to: steps[pick(steps.length)]!, next: [] }
        : { kind: 'label', labelIds: ['l'], next: depth > 0 && pick(2) === 0 ? grow(depth - 1) : [] };
      return [id];
    }
    const branches = Array.from({ length: 1 + pick(3) }, () => `c${made++}`);
    for (const id of branches)
      flow.cards[id] = { kind: 'condition', test: randomTest(pick), next: grow(depth - 1) };
    const other = `o${made++}`;
    flow.cards[other] = { kind: 'else', next: grow(depth - 1) };
    return [...branches, other];
  };
  flow.cards['start'] = { kind: 'start', next: grow(3) };
  return flow;
}

it('a branch that some message reaches is never called unreachable', () => {
  let reported = 0;
  let certain = 0;
  for (let seed = 0; seed < 250; seed++) {
    const pick = seededPick(seed);
    const flow = randomForks(pick);
    const never = new Set(
      checkBranches(flow).flatMap(({ code, cardId }) => (code === 'unreachable-branch' ? [cardId!] : [])),
    );
    if (never.size === 0) continue;
    reported += never.size;
    const compiled = compileFlow(flow, zones);
    const run = startRun(compiled);
    for (const [index, text] of texts.entries()) {
      // Every text at some moments, and a few texts at every moment, come in time by the strides.
      for (let hour = index % 7; hour < moments.length; hour += index % 10 === 0 ? 1 : 7) {
        const { trace } = explain(compiled, run, { kind: 'message', id: 'm', at: moments[hour]!, text });
        for (const { cardId, outcome } of trace) {
          assert.ok(
            outcome !== 'matched' || !never.has(cardId),
            `seed ${seed}: ${cardId} by "${text}" at ${moments[hour]}`,
          );
        }
        certain++;
      }
    }
  }
  assert.ok(reported > 100, `${reported} reported`);
  assert.ok(certain > 100_000, `${certain} tried`);
});
