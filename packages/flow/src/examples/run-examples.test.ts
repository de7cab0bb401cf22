import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Flow, FlowExample } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { makeFlowSchema } from '../schema/make-flow-schema.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { runExamples } from './run-examples.ts';

const message = (text: string, at: string, id = 'm1') => ({ kind: 'message' as const, id, at, text });
const noon = '2026-02-03T05:00:00Z';

function flowWith(...examples: FlowExample[]): Flow {
  const result = parseFlow({ ...exampleFlow(), examples });
  assert.ok(result.ok);
  return result.flow;
}

it('reports which examples pass, and the actual result of the others', () => {
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

it('uses tables for each moment, at any distance between them', () => {
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
  // In 1950 the offset was +07:30.
  assert.deepEqual(
    whys.slice(1).map((why) => why?.code === 'time' && why.clock),
    ['12:30', '12:00', '12:00'],
  );
  // Offset changes of seven thousand years would take minutes.
  assert.ok(process.threadCpuUsage(began).user < 2_000_000);
});

it('lists the cards that no example enters', () => {
  const press = { kind: 'press' as const, id: 'p1', at: noon, cardId: 'ask', buttonId: 'order' };
  const report = runExamples(
    flowWith({ id: 'a', name: '', inputs: [message('halo', noon), press], expect: {} }),
  );
  assert.deepEqual(report.visited, ['start', 'hours', 'ask', 'order', 'bot']);
  assert.equal(report.visited.length + report.unvisited.length, Object.keys(exampleFlow().cards).length);
});

it('reports an example that expects a removed card, and runs one that never starts', () => {
  const report = runExamples(
    flowWith({ id: 'a', name: '', inputs: [], expect: { end: 'gone', labelIds: ['x'] } }),
  );
  assert.equal(report.results[0]!.end, null);
  assert.match(report.results[0]!.failures.join(' '), /not in this flow.*"x".*none/);
});

it('rejects examples of the wrong shape with their place', () => {
  const bad = {
    ...exampleFlow(),
    examples: [
      { id: 1, name: '', inputs: [{ kind: 'press', id: 'x', at: noon }], expect: [] },
      {
        id: 'b',
        name: '',
        facts: { visitor: { name: 7, attributes: { 'a/b': 1, c: 'x' } }, inbox: 'x' },
        inputs: [{ ...message('', noon), attachments: [{ id: 1 }, null] }, { kind: 'wave' }, 3],
        expect: { end: null, labelIds: ['l', 2] },
      },
      { id: 'c', name: '', facts: { visitor: { attributes: [] } }, inputs: {}, expect: { labelIds: 'l' } },
      { id: 'd', name: '', facts: null, inputs: [{ ...message('', noon), attachments: {} }], expect: {} },
      null,
    ],
  };
  const result = parseFlow(bad);
  assert.deepEqual(result.ok ? [] : result.problems.map(({ path }) => path), [
    '/examples/0/id',
    '/examples/0/inputs/0/cardId',
    '/examples/0/inputs/0/buttonId',
    '/examples/0/expect',
    '/examples/1/facts/visitor/name',
    '/examples/1/facts/inbox',
    '/examples/1/facts/visitor/attributes/a~1b',
    '/examples/1/inputs/0/attachments/0/id',
    '/examples/1/inputs/0/attachments/1',
    '/examples/1/inputs/1/kind',
    '/examples/1/inputs/2',
    '/examples/1/expect/end',
    '/examples/1/expect/labelIds/1',
    '/examples/2/facts/visitor/attributes',
    '/examples/2/inputs',
    '/examples/2/expect/labelIds',
    '/examples/3/facts',
    '/examples/3/inputs/0/attachments',
    '/examples/4',
  ]);
  const isValid = new Ajv2020({ strict: false }).compile(makeFlowSchema());
  for (const example of bad.examples)
    assert.ok(!isValid({ ...bad, examples: [example] }), JSON.stringify(example));
  const facts = { visitor: { name: 'Ani', attributes: { plan: 'pro' } }, inbox: { name: 'Toko' }, more: 1 };
  const attached = { ...message('', noon), attachments: [{ id: 'f' }] };
  const good = flowWith({ id: 'a', name: '', facts, inputs: [attached], expect: {} });
  assert.ok(isValid(good), JSON.stringify(isValid.errors));
});
