import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { Agent, Conversation, ProblemDetails } from '@alur/protocol';
import { signToken } from '../testing/sign-token.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf, shopCards, workspaceOf } from '../testing/test-workspace.ts';
import type { Workspace } from '../workspace.ts';

for (const database of databases) {
  describe(`candidates and presence on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
      await host.host.listen(0, '127.0.0.1');
    });
    after(() => host.close());

    /** Creates a conversation whose flow ends at these agents and teams. The inbox has no AI agent. */
    async function begin(
      people: { agentIds?: string[]; teamIds?: string[] },
      { inbox = {}, ...change }: Partial<Workspace> & { inbox?: object } = {},
    ) {
      const end = {
        kind: 'assign-human',
        agentIds: [],
        teamIds: [],
        skipLastAiResponse: true,
        next: [],
        ...people,
      };
      const { workspace, inboxId, key, accountId } = await host.workspace({
        flows: [
          flowOf('flow_shop', shopCards),
          flowOf('flow_end', { start: { kind: 'start', next: ['end'] }, end }),
        ],
        ...change,
        teams: [...(workspaceOf('').teams ?? []), ...(change.teams ?? [])],
      });
      const dashboard = createTestDashboard(host, key);
      const update = { flowId: 'flow_end', aiAgentId: null, ...inbox };
      await dashboard.send(`/v1/inboxes/${inboxId}`, { method: 'PATCH', body: update });
      const tokenOf = (sub: string, roles = ['agent']) => {
        const exp = Math.floor(host.clock() / 1000) + 3_000;
        return signToken({ iss: accountId, sub, roles, exp }, workspace.account.signingKey);
      };
      const arrive = async (): Promise<string> => {
        const visitor = await createTestVisitor(host, inboxId);
        await visitor.message('halo');
        host.clock.pass(1_000);
        return (await dashboard.conversationOf(visitor.visitorId)).id;
      };
      const handlerOf = async (id: string) =>
        (await dashboard.send<Conversation>(`/v1/conversations/${id}`)).handler?.id ?? null;
      const presence = (agentId: string, value: string, token = key) =>
        host.call<Agent & ProblemDetails>(`/v1/agents/${agentId}/presence`, {
          method: 'PUT',
          token,
          body: { presence: value },
        });
      const agent = async (id: string) =>
        (await dashboard.send<{ items: Agent[] }>('/v1/agents')).items.find((one) => one.id === id)!;
      const listed = async (agentId: string) =>
        (await dashboard.send<{ items: Conversation[] }>(`/v1/conversations?agentId=${agentId}`)).items.map(
          ({ id }) => id,
        );
      return { workspace, dashboard, key, tokenOf, arrive, handlerOf, presence, agent, listed };
    }

    /** Opens the account's stream. Resolves with a function that waits for its end. */
    async function openStream(token: string) {
      const call = request(`${host.host.url}/v1/live`, { headers: { Authorization: `Bearer ${token}` } });
      const response = await new Promise<IncomingMessage>((answered, reject) => {
        call.once('response', answered).once('error', reject).end();
      });
      let hasEnded = false;
      response.on('error', () => {}).on('close', () => (hasEnded = true));
      response.resume();
      assert.equal(response.statusCode, 200);
      return { hasEnded: async () => hasEnded, close: () => call.destroy() };
    }

    test('an end whose team has no members goes to the inbox’s default, and the fault is logged', async () => {
      const { dashboard, arrive, handlerOf } = await begin(
        { teamIds: ['team_none'] },
        { teams: [{ id: 'team_none', name: 'Kosong', agentIds: [] }] },
      );
      const { newest } = await dashboard.send<{ newest: { live: boolean; problems: { code: string }[] } }>(
        '/v1/flows/flow_end',
      );
      assert.ok(newest.live, 'a warning keeps nothing from going live');
      assert.deepEqual(
        newest.problems.map(({ code }) => code),
        ['empty-team'],
      );
      const id = await arrive();
      assert.equal(await handlerOf(id), 'agt_sari');
      const faults = (await dashboard.log(id)).flatMap((event) =>
        event.type === 'fault' ? [[event.code, event.cardId]] : [],
      );
      assert.deepEqual(faults, [['no_candidates', 'end']]);
    });

    test('without candidates the conversation is listed for every agent of the inbox', async () => {
      const { arrive, handlerOf, listed, dashboard } = await begin(
        { teamIds: ['team_none'] },
        { teams: [{ id: 'team_none', name: 'Kosong', agentIds: [] }], inbox: { agentIds: [] } },
      );
      const id = await arrive();
      assert.equal(await handlerOf(id), null);
      for (const agentId of ['agt_ani', 'agt_budi', 'agt_sari'])
        assert.deepEqual(await listed(agentId), [id], 'an inbox without people is everybody’s');
      assert.deepEqual(await listed('agt_none'), []);
      await dashboard.assign(id, { kind: 'agent', agentId: 'agt_budi' });
      assert.deepEqual([await listed('agt_budi'), await listed('agt_ani')], [[id], []]);
    });

    test('an agent who comes online is assigned the waiting conversations, oldest first, up to maxOpen', async () => {
      const { key, arrive, handlerOf, presence, dashboard } = await begin({ agentIds: ['agt_ani'] });
      const waiting = [await arrive(), await arrive(), await arrive()];
      assert.deepEqual(await Promise.all(waiting.map(handlerOf)), [null, null, null]);
      await presence('agt_budi', 'online');
      assert.deepEqual(await Promise.all(waiting.map(handlerOf)), [null, null, null], 'no candidate');
      const limit = { method: 'PATCH', token: key, body: { maxOpen: 2 } };
      assert.equal((await host.call<Agent>('/v1/agents/agt_ani', limit)).body.maxOpen, 2);
      const online = await presence('agt_ani', 'online');
      assert.deepEqual([online.status, online.body.online, online.body.presence], [200, true, 'online']);
      assert.deepEqual(await Promise.all(waiting.map(handlerOf)), ['agt_ani', 'agt_ani', null]);
      const { status } = await dashboard.send<Conversation>(`/v1/conversations/${waiting[0]}`);
      assert.equal(status, 'pending', 'given, and not taken yet');
      await dashboard.resolve(waiting[0]!);
      await presence('agt_ani', 'online');
      assert.equal(await handlerOf(waiting[2]!), 'agt_ani');
    });

    test('an agent’s chosen availability applies while its stream is open, and two minutes longer', async () => {
      const { arrive, handlerOf, presence, tokenOf, agent } = await begin({ agentIds: ['agt_ani'] });
      const token = tokenOf('agt_ani');
      const id = await arrive();
      const stream = await openStream(token);
      await host.until(async () => (await agent('agt_ani')).online);
      assert.equal(await handlerOf(id), 'agt_ani', 'signing in is coming online');
      stream.close();
      await host.until(async () => host.host.stats().streams === 0);
      host.clock.pass(119_000);
      await host.host.database.run('expirePresence', undefined);
      assert.ok((await agent('agt_ani')).online);
      host.clock.pass(2_000);
      await host.host.database.run('expirePresence', undefined);
      assert.deepEqual((({ online, presence }) => [online, presence])(await agent('agt_ani')), [
        false,
        'online',
      ]);
      // A chosen "away" holds with or without a stream. An agent can only choose for itself.
      const away = await presence('agt_ani', 'away', token);
      assert.deepEqual([away.status, away.body.online], [200, false]);
      const again = await openStream(token);
      await host.host.database.run('noteAgentsSeen', { agents: [] });
      assert.equal((await agent('agt_ani')).online, false);
      again.close();
      const foreign = await presence('agt_budi', 'away', token);
      assert.deepEqual([foreign.status, foreign.body.code], [403, 'scope_missing']);
      assert.equal((await presence('agt_none', 'away')).status, 404);
      host.clock.pass(3_600_000);
      await host.host.database.run('expirePresence', undefined);
      assert.ok((await agent('agt_budi')).online, 'what the backend chose holds');
    });

    test('a deactivated agent is signed out at once, and others get its conversations', async () => {
      const { arrive, handlerOf, tokenOf, agent, dashboard, key } = await begin({
        agentIds: ['agt_budi', 'agt_sari'],
      });
      const id = await arrive();
      assert.equal(await handlerOf(id), 'agt_budi');
      const [budi, sari] = [tokenOf('agt_budi', ['agent', 'admin']), tokenOf('agt_sari')];
      const [ends, stays] = [await openStream(budi), await openStream(sari)];
      const { version } = await agent('agt_budi');
      const change = (body: object, token = key) =>
        host.call<Agent & ProblemDetails>('/v1/agents/agt_budi', { method: 'PATCH', token, body });
      assert.equal((await change({ active: false }, sari)).status, 403);
      assert.equal((await change({ active: false, baseVersion: version + 1 })).status, 412);
      const gone = await change({ active: false, baseVersion: version });
      assert.deepEqual([gone.body.active, gone.body.online, gone.body.version], [false, false, version + 1]);
      await host.until(ends.hasEnded);
      assert.equal(await stays.hasEnded(), false);
      // Other processes, and this one on PostgreSQL, receive the host event a moment later.
      const isRefused = async () => (await host.call('/v1/labels', { token: budi })).status === 401;
      await host.until(isRefused);
      assert.equal((await host.call('/v1/labels', { token: sari })).status, 200);
      assert.equal(await handlerOf(id), 'agt_sari');
      assert.equal(await handlerOf(await arrive()), 'agt_sari');
      const { status, body } = await host.call<ProblemDetails>(`/v1/conversations/${id}/assign`, {
        token: key,
        body: { kind: 'agent', agentId: 'agt_budi' },
      });
      assert.deepEqual([status, body.code], [422, 'unknown_reference']);
      await change({ active: true });
      await host.until(async () => !(await isRefused()));
      assert.equal((await agent('agt_budi')).online, false, 'back, and not online before it is');
      stays.close();
      await dashboard.resolve(id);
    });
  });
}
