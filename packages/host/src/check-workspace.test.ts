import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { checkWorkspace } from './check-workspace.ts';
import { createTestHost, databases } from './testing/test-host.ts';
import { workspaceOf } from './testing/test-workspace.ts';
import type { Workspace } from './workspace.ts';
import { describeFault } from './workspace-faults.ts';

const whole = workspaceOf('check');
const inbox = whole.inboxes![0]!;
const [flow] = whole.flows as { cards: Record<string, object> }[];

/** Returns the lines that describe what is wrong with a workspace. */
const linesOf = (change: object): string[] => checkWorkspace({ ...whole, ...change }).map(describeFault);

test('the test workspace has no faults', () => {
  assert.deepEqual(checkWorkspace(whole), []);
});

for (const [what, change, line] of [
  [
    'a misspelt key',
    { lables: [] },
    '/lables: [] stands under a key that does not exist; did you mean "labels"?',
  ],
  [
    'a misspelt key inside',
    { inboxes: [{ ...inbox, agentId: [] }] },
    '/inboxes/0/agentId: [] stands under a key that does not exist; did you mean "agentIds"?',
  ],
  [
    'an unknown flow',
    { inboxes: [{ ...inbox, flow: 'flow_x' }] },
    '/inboxes/0/flow: "flow_x" names no flow of this account',
  ],
  [
    'an unknown agent',
    { inboxes: [{ ...inbox, agentIds: ['agt_sarj'] }] },
    '/inboxes/0/agentIds/0: "agt_sarj" names no agent of this account; did you mean "agt_sari"?',
  ],
  [
    'an unknown team',
    { inboxes: [{ ...inbox, teamIds: ['x'] }] },
    '/inboxes/0/teamIds/0: "x" names no team of this account',
  ],
  [
    'an unknown AI agent',
    { inboxes: [{ ...inbox, aiAgentId: 'x' }] },
    '/inboxes/0/aiAgentId: "x" names no AI agent of this account',
  ],
  [
    'an unknown member of a team',
    { teams: [{ id: 'team_vip', name: 'VIP', agentIds: ['agt_nobody'] }] },
    '/teams/0/agentIds/0: "agt_nobody" names no agent of this account',
  ],
  [
    'an id that stands twice',
    { labels: [...whole.labels!, whole.labels![0]] },
    '/labels/2/id: "lbl_vip" stands twice in this list',
  ],
  ['a wrong type', { inboxes: [{ ...inbox, name: 7 }] }, '/inboxes/0/name: 7 must be string'],
  [
    'a wrong choice',
    { inboxes: [{ ...inbox, type: 'sms' }] },
    '/inboxes/0/type: "sms" must be equal to one of the allowed values: web-livechat, whatsapp',
  ],
  [
    'a zone that does not exist',
    { account: { ...whole.account, timeZone: 'Asia/Jakata' } },
    '/account/timeZone: "Asia/Jakata" is not an IANA time zone',
  ],
  [
    'a short secret, which is not shown',
    { account: { ...whole.account, signingKey: 'hunter2' } },
    '/account/signingKey: (secret) is too short: use at least 32 random characters',
  ],
] as [string, object, string][])
  test(`a workspace with ${what} is rejected with path and value`, () => {
    assert.deepEqual(linesOf(change), [line]);
  });

test('a flow that cannot be published is rejected with its card', () => {
  const cards = { ...flow!.cards, mark: { kind: 'label', labelIds: ['lbl_none'], next: ['team'] } };
  const [line = ''] = linesOf({ flows: [{ ...flow, cards }] });
  assert.match(line, /^\/flows\/0\/cards\/mark.*lbl_none/);
});

test('all faults are reported at once', () => {
  assert.equal(linesOf({ inboxes: [{ ...inbox, flow: 'x', aiAgentId: 'y', agentIds: ['z'] }] }).length, 3);
});

test('the schema has the same appearance as the contract', async () => {
  const contract = parse(await readFile(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')), 'utf8'));
  const schema = JSON.parse(await readFile(new URL('./workspace.schema.json', import.meta.url), 'utf8'));
  for (const [name, own] of [
    ['Appearance', 'appearance'],
    ['OfficeHours', 'officeHours'],
  ] as const)
    assert.deepEqual(
      Object.keys(schema.$defs[own].properties).toSorted(),
      Object.keys(contract.components.schemas[name].properties).toSorted(),
    );
});

for (const database of databases)
  describe(`an import on ${database.name}`, () => {
    test('writes nothing if there is a fault, and reads the stored ids', async (t) => {
      const host = await createTestHost({}, database);
      t.after(() => host.close());
      const wrong = { inboxes: [{ ...inbox, flow: 'flow_none' }] };
      await assert.rejects(host.workspace(wrong, 'check'), /\/inboxes\/0\/flow: "flow_none" names no flow/);
      const key = whole.account.apiKeys[0]!;
      assert.equal(
        (await host.call('/v1/labels', { token: key })).status,
        401,
        'the account was not created',
      );
      const misspelt = { lables: [] } as Partial<Workspace>;
      await assert.rejects(host.workspace(misspelt, 'check'), /\/lables: \[\] stands under a key/);

      const { inboxId } = await host.workspace({}, 'check');
      const more = { id: `${inboxId}_2`, name: 'More', type: 'web-livechat', flow: 'flow_shop' } as const;
      await host.workspace({ flows: [], agents: [], teams: [], inboxes: [more] }, 'check');
      assert.equal((await host.call(`/v1/inboxes/${inboxId}_2`, { token: key })).status, 200);
    });

    test('rejects new secrets under 32 characters; stored ones work with a warning at start', async (t) => {
      const host = await createTestHost({}, database);
      t.after(() => host.close());
      const change = { account: { ...whole.account, apiKeys: ['x'], signingKey: 'hunter2' } };
      await assert.rejects(
        host.workspace(change, 'check'),
        /apiKeys\/0: \(secret\) is too short[^]*signingKey: \(secret\)/,
      );
      await host.workspace({}, 'check');
      await host.workspace({ account: { ...whole.account, signingKey: 'hunter2' } }, 'check');
      assert.deepEqual(await host.host.database.run('listShortSecrets', undefined), []);
    });
  });
