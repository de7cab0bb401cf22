import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseFlow } from './parse-flow.ts';

const windows = (count: number) => Array.from({ length: count }, () => ({ from: '09:00', to: '17:00' }));
const languages = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'x']));

const places: [path: string, wrong: unknown[], right: unknown[]][] = [
  ['/name', [null, 1, undefined, [], 'x'.repeat(10_001)], ['', 'x'.repeat(10_000)]],
  ['/timeZone', [null, 1, undefined, 'x'.repeat(10_001)], ['', 'x'.repeat(10_000)]],
  ['/id', [null, 1, undefined, '', 'a b', 'x'.repeat(65)], ['a', '_-9', 'x'.repeat(64)]],
  ['/cards/say/next', [null, 'end', undefined, {}, [1], ['end', null]], []],
  ['/cards/say/kind', [null, 1, undefined, '', []], []],
  ['/cards/say/title', [null, 1, {}, 'x'.repeat(10_001)], ['', undefined]],
  ['/cards/say/note', [null, 1, {}, 'x'.repeat(10_001)], ['', undefined]],
  ['/cards/say/text', [null, 1, undefined, [], 'x'.repeat(10_001)], ['', '😀'.repeat(10_000)]],
  ['/cards/say/imageUrl', [1, [], true], ['', null, undefined, 'x']],
  ['/cards/ask/text', [null, undefined], ['']],
  ['/cards/ask/imageUrl', [1], [null]],
  ['/cards/one/label', [null, 1, undefined], ['', 'x'.repeat(10_000)]],
  ['/cards/call/url', [null, 1, undefined], ['', 'x']],
  ['/cards/mark/labelIds', [null, 'x', undefined, {}], [[], ['a', 'a', '']]],
  ['/cards/mark/labelIds/0', [null, 1, []], ['x']],
  ['/cards/help/agentIds', [null, undefined], [[]]],
  ['/cards/help/teamIds', [null, undefined], [[]]],
  ['/cards/go/to', [1, undefined, []], [null, '', 'nowhere']],
  ['/cards/end/aiAgentId', [1, undefined], [null, '']],
  ['/cards/end/agentIds', [null, undefined], [[]]],
  ['/cards/human/agentIds', [null], [[]]],
  ['/cards/human/teamIds', [null], [[]]],
  ['/cards/human/skipLastAiResponse', [null, 'yes', 1, undefined], [true, false]],
  ['/cards/text/test', ['x', [], 1, undefined], [null]],
  ['/cards/text/test/kind', [null, 1, undefined, ''], ['x-odd', 'odd']],
  ['/cards/text/test/match', [null, 1], [undefined, '', 'odd']],
  ['/cards/text/test/keywords', [null, 'x', undefined], [[], ['']]],
  ['/cards/text/test/keywords/0', [null, 1, 'x'.repeat(1001)], ['', '😀'.repeat(1000)]],
  ['/cards/text/test/ignoreAccents', [null, 'yes', 1], [undefined, true, false]],
  ['/cards/time/test/windows', [null, 'x', {}, undefined, windows(21)], [[], windows(20)]],
  ['/cards/time/test/windows/0', [null, 'x', []], []],
  ['/cards/time/test/windows/0/from', [null, 1, undefined], ['', 'odd']],
  ['/cards/time/test/windows/0/to', [null, 1, undefined], ['', 'odd']],
  ['/cards/time/test/windows/0/days', [null, 'x', {}], [undefined, [], [0, 1.5]]],
  ['/cards/time/test/windows/0/days/0', [null, '1', []], [9]],
  ['/cards/say/texts', [null, 'x', [], languages(11)], [undefined, {}, languages(10)]],
  ['/cards/say/texts/en', [null, 1, [], 'x'.repeat(10_001)], ['', 'x', undefined]],
  ['/cards/say/imageUrls/en', [null, 1], ['', 'x', undefined]],
  ['/cards/ask/texts', [null, 'x'], [undefined]],
  ['/cards/one/labels/en', [null, 1], ['', 'x'.repeat(10_000), undefined]],
  ['/cards/time/test/timeZone', [1, []], [undefined, null, '']],
];
for (const [path, wrong, right] of places) {
  it(`looks at the type and the length of ${path}`, () => {
    const problems = (value: unknown) => {
      const result = parseFlow(changed(wholeFlow(), path, value));
      return result.ok ? [] : result.problems.map((problem) => problem.path);
    };
    for (const value of wrong) {
      const found = problems(value);
      assert.ok(
        found.some((where) => where === path || where?.startsWith(`${path}/`)),
        `${JSON.stringify(value)?.slice(0, 40)}: ${found.join()}`,
      );
    }
    for (const value of right) assert.deepEqual(problems(value), [], JSON.stringify(value)?.slice(0, 40));
  });
}

/** Returns a flow with every kind of card and test. */
function wholeFlow(): Record<string, unknown> {
  const head = { format: 'alur.flow/2', id: 'f', name: 'F', timeZone: 'Asia/Jakarta' };
  const text = { kind: 'first-message-text', match: 'word', keywords: ['a'] };
  const time = {
    kind: 'first-message-time',
    windows: [{ from: '09:00', to: '17:00', days: [1] }],
    timeZone: 'Asia/Jakarta',
  };
  const human = { kind: 'assign-human', agentIds: [], teamIds: [], skipLastAiResponse: false, next: [] };
  const cards = {
    start: { kind: 'start', next: ['text', 'time', 'rest'] },
    text: { kind: 'condition', test: text, next: ['say'] },
    time: { kind: 'condition', test: time, next: ['ask'] },
    rest: { kind: 'else', next: ['mark'] },
    say: {
      kind: 'message',
      text: 'x',
      imageUrl: 'x',
      texts: { en: 'x' },
      imageUrls: { en: 'x' },
      title: 'x',
      note: 'x',
      next: ['end'],
    },
    ask: { kind: 'buttons', text: 'x', next: ['one', 'other'] },
    one: { kind: 'button', label: 'x', labels: { en: 'x' }, next: ['go'] },
    other: { kind: 'else', next: [] },
    go: { kind: 'jump', to: 'mark', next: [] },
    mark: { kind: 'label', labelIds: ['x'], next: ['help'] },
    help: { kind: 'collaborator', agentIds: ['x'], teamIds: [], next: ['call'] },
    call: { kind: 'webhook', url: 'x', next: ['human'] },
    end: { kind: 'assign-ai', aiAgentId: 'x', agentIds: [], next: [] },
    human,
  };
  return structuredClone({ ...head, cards });
}

/** Returns a copy with another value at `path`, or without the value. */
function changed(flow: Record<string, unknown>, path: string, value: unknown): unknown {
  const keys = path.slice(1).split('/');
  const last = keys.pop()!;
  let holder = flow;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return flow;
}
