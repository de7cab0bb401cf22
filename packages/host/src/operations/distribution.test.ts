import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidatesOf, pickHandler } from './distribution.ts';

const agents = ['a', 'b', 'c', 'd'].map((id) => ({ id, version: 1, name: id, online: id !== 'a' }));
const directory = {
  labels: new Set<string>(),
  agents: new Map(agents.map((agent) => [agent.id, agent])),
  teams: new Map([['t', { id: 't', version: 1, name: 't', agentIds: ['c', 'gone', 'a'] }]]),
  aiAgents: new Map(),
};
const idOf = (agent: { id: string } | null) => agent?.id;

test('teams are expanded to their members, each agent once, without removed agents', () => {
  const found = candidatesOf(directory, { agentIds: ['c', 'b', 'nobody'], teamIds: ['t', 'none'] });
  assert.deepEqual(
    found.map(({ id }) => id),
    ['c', 'b', 'a'],
  );
});

test('the online agent with the fewest conversations is assigned, ties go to the first id', () => {
  assert.equal(idOf(pickHandler(agents, new Map())), 'b');
  assert.equal(
    idOf(
      pickHandler(
        agents,
        new Map([
          ['b', 2],
          ['c', 1],
          ['d', 1],
        ]),
      ),
    ),
    'c',
  );
  assert.equal(idOf(pickHandler([...agents].reverse(), new Map())), 'b', 'order of naming does not matter');
});

test('without an online agent it is not assigned', () => {
  assert.equal(pickHandler(agents.slice(0, 1), new Map()), null);
  assert.equal(pickHandler([], new Map()), null);
});
