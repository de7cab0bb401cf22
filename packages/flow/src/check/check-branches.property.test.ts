import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Flow, FlowTest, Zones } from '../document/flow.ts';
import { startRun } from '../run/advance.ts';
import { compileFlow } from '../run/compile.ts';
import { explain } from '../run/explain.ts';
import { type Pick, seededPick } from '../testing/random-flow.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { checkBranches } from './check-branches.ts';

/*
 * Compares the checker with brute force. The alphabets are small, so that the test can try every text and a
 * moment in each time window.
 */

/** Letters that the rules for folding, words and accents treat differently. Each run uses one alphabet. */
const ALPHABETS = [
  ['a', 'b', ' '],
  ['a', '\u00e1', '\u0301'],
  ['a', "'", '_'],
  ['\u9000', 'a', '_'],
  ['\u0e01', '\u0e34', 'a'],
  ['\u1780', '\u17d2', 'a'],
  ['\u1100', '\u1161', '\u0301'],
  ['\u09c7', '\u09be', '\u0301'],
  ['\u0438', '\u0439', '\u0306'],
  ['\u304b', '\u3099', '\u0301'],
  ['\u00df', 's', '\u0661'],
  ['\u0627', '\u0623', '\u0640'],
  ["'", '\u0301', 's'],
  ['_', '\u0301', '1'],
  ['\u2019', '\u200b', 't'],
];
const CLOCKS = ['00:00', '06:00', '12:00', '18:00', '24:00'];
const zones: Zones = { 'Asia/Jakarta': [[0, 420]], UTC: [[0, 0]] };

/** Returns every text of up to four of the letters. */
const textsOf = (letters: readonly string[]) =>
  [0, 1, 2, 3, 4].flatMap((length) =>
    Array.from({ length: letters.length ** length }, (_, code) =>
      Array.from(
        { length },
        (_, place) => letters[Math.floor(code / letters.length ** place) % letters.length],
      ).join(''),
    ),
  );
/** One moment in each hour of a week. */
const moments = Array.from({ length: 168 }, (_, hour) =>
  new Date(Date.UTC(2026, 1, 2, hour, 30)).toISOString(),
);

function randomTest(pick: Pick, letters: readonly string[]): FlowTest {
  if (pick(3) === 0) {
    const days = pick(2) === 0 ? {} : { days: [1, 2, 3, 4, 5, 6, 7].filter(() => pick(3) > 0) };
    const timeZone = pick(4) === 0 ? { timeZone: 'UTC' } : {};
    const window = () => ({ from: CLOCKS[pick(4)]!, to: CLOCKS[pick(5)]!, ...days });
    const windows = Array.from({ length: 1 + (pick(3) === 0 ? pick(3) : 0) }, window);
    return { kind: 'first-message-time', windows, ...timeZone };
  }
  const match = (['contains', 'word', 'equals', 'starts-with'] as const)[pick(4)]!;
  const keyword = () => Array.from({ length: 1 + pick(3) }, () => letters[pick(3)]).join('');
  return {
    kind: 'first-message-text',
    match,
    keywords: Array.from({ length: 1 + pick(2) }, keyword),
    ...(pick(2) === 0 && { ignoreAccents: true }),
  };
}

/** Returns a flow of nested forks, sometimes with a jump to an inner card. */
function randomForks(pick: Pick, letters: readonly string[]): Flow {
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
      flow.cards[id] = { kind: 'condition', test: randomTest(pick, letters), next: grow(depth - 1) };
    const other = `o${made++}`;
    flow.cards[other] = { kind: 'else', next: grow(depth - 1) };
    return [...branches, other];
  };
  flow.cards['start'] = { kind: 'start', next: grow(3) };
  return flow;
}

it('a branch that a message reaches is never reported as unreachable', () => {
  let reported = 0;
  let certain = 0;
  for (let seed = 0; seed < 300; seed++) {
    const pick = seededPick(seed);
    const letters = ALPHABETS[seed % ALPHABETS.length]!;
    const flow = randomForks(pick, letters);
    const never = new Set(
      checkBranches(flow, authorKinds).flatMap(({ code, cardId }) =>
        code === 'unreachable-branch' ? [cardId!] : [],
      ),
    );
    if (never.size === 0) continue;
    reported += never.size;
    const compiled = compileFlow(flow, zones);
    const run = startRun();
    for (const [index, text] of textsOf(letters).entries()) {
      // The strides cover every text at some moments, and some texts at every moment.
      for (let hour = index % 5; hour < moments.length; hour += index % 20 === 0 ? 3 : 29) {
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
