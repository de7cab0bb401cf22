import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFlow, parseFlow } from '@alur/flow';
import { createWorkspace, FIRST_AGENT_ID, SHOP_INBOX_ID } from './workspace.ts';

const workspace = createWorkspace(
  { apiKey: 'key', signingKey: 'x'.repeat(32) },
  { dashboard: 'http://localhost:1', shop: 'http://localhost:2' },
);
const { labels = [], agents = [], teams = [], aiAgents = [], flows = [], inboxes = [] } = workspace;

for (const document of flows) {
  const { id } = document as { id: string };

  test(`the example flow ${id} can go live: it has no errors with the directory of the workspace`, () => {
    const parsed = parseFlow(document);
    assert.ok(parsed.ok);
    const problems = checkFlow(parsed.flow, { directory: { labels, agents, teams, aiAgents } });
    assert.deepEqual(
      problems.filter((problem) => problem.severity === 'error'),
      [],
    );
  });
}

test('the flow of the WhatsApp inbox has a channel warning', () => {
  const inbox = inboxes.find((candidate) => candidate.type === 'whatsapp');
  const parsed = parseFlow(flows.find((document) => (document as { id: string }).id === inbox?.flow));
  assert.ok(parsed.ok);
  const problems = checkFlow(parsed.flow, { channel: 'whatsapp' });
  assert.ok(problems.some((problem) => problem.severity === 'warning'));
});

test('everything that the workspace refers to by id is in it', () => {
  const ids = (list: { id: string }[]): Set<string> => new Set(list.map((item) => item.id));
  for (const team of teams) for (const id of team.agentIds) assert.ok(ids(agents).has(id), id);
  for (const inbox of inboxes) {
    assert.ok(ids(aiAgents).has(inbox.aiAgentId ?? ''));
    for (const id of inbox.teamIds ?? []) assert.ok(ids(teams).has(id), id);
  }
  assert.ok(ids(agents).has(FIRST_AGENT_ID));
  assert.equal(inboxes.find((inbox) => inbox.id === SHOP_INBOX_ID)?.type, 'web-livechat');
});
