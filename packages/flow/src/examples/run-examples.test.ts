import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Flow, FlowExample } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { runExamples } from './run-examples.ts';

const message = (text: string, at: string, id = 'm1') => ({ kind: 'message' as const, id, at, text });
const noon = '2026-02-03T05:00:00Z';

function flowWith(...examples: FlowExample[]): Flow {
  const result = parseFlow({ ...exampleFlow(), examples });
  assert.ok(result.ok);
  return result.flow;
}

it('tells which examples hold, and what came instead where they do not', () => {
  const report = runExamples(
    flowWith(
      {
        id: 'a',
        name: 'VIP',
        inputs: [message('saya VIP', noon)],
        expect: { end: 'team', labelIds: ['lbl_vip'] },
      },
      {
        id: 'b',
        name: 'Malam',
        inputs: [message('halo', '2026-02-03T15:00:00Z')],
        expect: { end: 'ask', labelIds: [] },
      },
      { id: 'c', name: 'Menunggu', inputs: [message('halo', noon)], expect: { end: 'ask' } },
    ),
  );
  assert.deepEqual(
    report.results.map(({ id, passed, end }) => ({ id, passed, end })),
    [
      { id: 'a', passed: true, end: 'team' },
      { id: 'b', passed: false, end: 'bot3' },
      { id: 'c', passed: true, end: 'ask' },
    ],
  );
  assert.deepEqual(report.results[1]!.failures, ['It should stop at "ask", and stopped at "bot3".']);
  assert.deepEqual([report.passed, report.failed], [2, 1]);
});

it('reads each moment in its own time, however far apart they are', () => {
  const began = process.threadCpuUsage();
  const report = runExamples(
    flowWith(
      ...['0206-02-03', '1950-06-05', '2026-02-03', '9026-02-02'].map((day, index) => ({
        id: `e${index}`,
        name: day,
        inputs: [message('halo', `${day}T05:00:00Z`)],
        expect: {},
      })),
    ),
  );
  const whys = report.results.map(({ trace }) => trace.find(({ cardId }) => cardId === 'hours')?.why);
  // In 1950 it was half past seven hours from UTC.
  assert.deepEqual(
    whys.slice(1).map((why) => why?.code === 'time' && why.clock),
    ['12:30', '12:00', '12:00'],
  );
  // Seven thousand years of changes would take minutes.
  assert.ok(process.threadCpuUsage(began).user < 2_000_000);
});

it('counts the cards that no example visits', () => {
  const press = { kind: 'press' as const, id: 'p1', at: noon, cardId: 'ask', buttonId: 'order' };
  const report = runExamples(
    flowWith({ id: 'a', name: '', inputs: [message('halo', noon), press], expect: {} }),
  );
  assert.deepEqual(report.visited, ['start', 'hours', 'ask', 'order', 'bot']);
  assert.equal(report.visited.length + report.unvisited.length, Object.keys(exampleFlow().cards).length);
});

it('says when an example expects a card that is gone, and runs one that never begins', () => {
  const report = runExamples(
    flowWith({ id: 'a', name: '', inputs: [], expect: { end: 'gone', labelIds: ['x'] } }),
  );
  assert.equal(report.results[0]!.end, null);
  assert.match(report.results[0]!.failures.join(' '), /not in this flow.*"x".*none/);
});

it('refuses examples of the wrong shape with the place', () => {
  const bad = {
    ...exampleFlow(),
    examples: [{ id: 1, name: '', inputs: [{ kind: 'press', id: 'x', at: noon }], expect: [] }],
  };
  const result = parseFlow(bad);
  assert.deepEqual(result.ok ? [] : result.problems.map(({ path }) => path), [
    '/examples/0/id',
    '/examples/0/inputs/0/cardId',
    '/examples/0/inputs/0/buttonId',
    '/examples/0/expect',
  ]);
});
