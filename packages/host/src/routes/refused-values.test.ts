import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FlowDetail, Inbox, ProblemDetails } from '@alur/protocol';
import { createTestDashboard, createTestHost, databases, type TestHost } from '../testing/test-host.ts';
import { flowOf, shopCards } from '../testing/test-workspace.ts';

const BLANKS = [' ', '\u200B', '\u2060\u00AD', '\u3164'];
const LONG = 'x'.repeat(101);

for (const database of databases) {
  describe(`rejected values on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    const refusalOf = ({ status, body }: { status: number; body: ProblemDetails }) => [
      status,
      body.code,
      ...(body.fields ?? []).map(({ path }) => path),
    ];

    test('an inbox rejects an empty id, a blank name and an unsafe appearance', async () => {
      const { key, inboxId } = await host.workspace();
      const path = `/v1/inboxes/${inboxId}`;
      const dashboard = createTestDashboard(host, key);
      const before = await dashboard.send<Inbox>(path);
      const contact = '/appearance/fallbackContact';
      for (const [body, ...refusal] of [
        [{ flowId: '' }, 422, 'unknown_reference'],
        [{ aiAgentId: '' }, 422, 'unknown_reference'],
        ...BLANKS.map((name) => [{ name }, 400, 'invalid_request', '/name'] as const),
        [{ appearance: { titel: 'Toko' } }, 400, 'invalid_request', '/appearance/titel'],
        [{ appearance: { 'a/b~c': 1 } }, 400, 'invalid_request', '/appearance/a~1b~0c'],
        [{ appearance: { fallbackContact: 'javascript:alert(1)' } }, 400, 'invalid_request', contact],
        [
          { appearance: { fallbackContact: 'mailto:a@b.example javascript:x' } },
          400,
          'invalid_request',
          contact,
        ],
        [{ appearance: { fallbackContact: 'data:text/html,x' } }, 400, 'invalid_request', contact],
        [{ appearance: { fallbackContact: 'halo' } }, 400, 'invalid_request', contact],
      ] as const) {
        const answer = await host.call<ProblemDetails>(path, { method: 'PATCH', token: key, body });
        assert.deepEqual(refusalOf(answer), refusal, JSON.stringify(body));
      }
      assert.deepEqual(await dashboard.send<Inbox>(path), before, 'nothing was stored');

      const fallbackContact = 'mailto:halo@toko.example tel:+62811 https://toko.example/kontak';
      const body = { flowId: null, aiAgentId: null, appearance: { title: 'Toko', fallbackContact } };
      const changed = await dashboard.send<Inbox>(path, { method: 'PATCH', body });
      assert.deepEqual([changed.flowId, changed.aiAgentId, changed.appearance], Object.values(body));
    });

    test('a flow rejects a blank name, and a document whose name is blank or too long', async () => {
      const { key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const path = '/v1/flows/flow_shop';
      const before = await dashboard.send<FlowDetail>(path);
      const flow = flowOf('flow_shop', shopCards);
      const invalid = [400, 'invalid_request', '/name'];
      const send = async (to: string, method: string, body: object) =>
        refusalOf(await host.call<ProblemDetails>(to, { method, token: key, body }));
      for (const name of ['', ...BLANKS, LONG]) {
        const shown = JSON.stringify(name);
        assert.deepEqual(await send('/v1/flows', 'POST', { name, flow }), invalid, shown);
        assert.deepEqual(await send(path, 'PATCH', { name, baseVersion: 1 }), invalid, shown);
        const save = { flow, name, baseVersion: 1 };
        assert.deepEqual(await send(`${path}/versions`, 'POST', save), invalid, shown);
        const document = { flow: { ...flow, name }, baseVersion: 1 };
        const answer = await host.call<ProblemDetails>(`${path}/versions`, { token: key, body: document });
        assert.deepEqual([answer.status, answer.body.code], [422, 'flow_invalid'], shown);
        assert.deepEqual(
          answer.body.problems?.map((problem) => problem.path),
          ['/name'],
          shown,
        );
      }
      assert.deepEqual(await dashboard.send<FlowDetail>(path), before, 'nothing was stored');
    });

    test('a workspace accepts only hex colors, https pictures and safe appearances in every API', async () => {
      const { workspace } = await host.workspace();
      const inbox = { id: 'inb_values', name: 'Toko', type: 'web-livechat' };
      const url = 'x;background:url(https://track.example)';
      for (const [change, path] of [
        [{ labels: [{ id: 'lbl_a', name: 'A', color: url }] }, '/labels/0/color'],
        [{ labels: [{ id: 'lbl_a', name: 'A', color: 'red' }] }, '/labels/0/color'],
        [{ agents: [{ id: 'agt_a', name: 'A', avatarUrl: 'http://track.example' }] }, '/agents/0/avatarUrl'],
        [{ agents: [{ id: 'agt_a', name: 'A', avatarUrl: 'javascript:x' }] }, '/agents/0/avatarUrl'],
        [{ inboxes: [{ ...inbox, appearance: { accent: url } }] }, '/inboxes/0/appearance/accent'],
        [
          { inboxes: [{ ...inbox, appearance: { fallbackContact: 'javascript:x' } }] },
          '/inboxes/0/appearance/fallbackContact',
        ],
        [{ inboxes: [{ ...inbox, appearance: { x: 1 } }] }, '/inboxes/0/appearance/x'],
      ] as const) {
        const wrong = {
          ...workspace,
          teams: [],
          flows: [],
          inboxes: [],
          ...change,
        } as unknown as typeof workspace;
        const hasField = ({ code, members }: { code?: string; members?: { fields?: { path: string }[] } }) =>
          code === 'invalid_request' && members?.fields?.some((field) => field.path === path) === true;
        await assert.rejects(host.host.database.run('importWorkspace', { workspace: wrong }), hasField, path);
        const { account: _, ...rest } = wrong;
        await assert.rejects(host.workspace(rest), hasField, path);
      }
    });
  });
}
