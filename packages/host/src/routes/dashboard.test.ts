import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type {
  Conversation,
  FlowDetail,
  FlowVersion,
  FlowVersionSummary,
  Inbox,
  Label,
  ProblemDetails,
  SavedVersion,
} from '@alur/protocol';
import { loadContract } from '../http/contract.ts';
import { signToken } from '../testing/sign-token.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf, shopCards } from '../testing/test-workspace.ts';

for (const database of databases) {
  describe(`the dashboard API on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    const seconds = () => Math.floor(host.clock() / 1000);

    test('an id of another account, an empty id and an unknown id get the same response everywhere', async () => {
      const [mine, theirs] = [await host.workspace(), await host.workspace()];
      const visitor = await createTestVisitor(host, theirs.inboxId);
      await visitor.message('halo');
      const { id: foreign } = await createTestDashboard(host, theirs.key).conversationOf(visitor.visitorId);
      const flow = await createTestDashboard(host, theirs.key).send<FlowDetail>('/v1/flows', {
        body: { name: 'Rahasia' },
      });
      const baseVersion = 1;
      const reply = { id: 'r1', text: 'x', agentId: 'agt_budi' };
      const calls: [string, string, unknown?, Record<string, string>?][] = [];
      for (const id of [foreign, 'con_none', '%20', '..']) {
        const base = `/v1/conversations/${id}`;
        calls.push(
          ['GET', base],
          ['GET', `${base}/events`],
          ['POST', `${base}/messages`, reply],
          ['POST', `${base}/assign`, { kind: 'nobody' }],
          ['PUT', `${base}/labels`, { labelIds: [] }],
          ['PUT', `${base}/collaborators`, { agentIds: [], teamIds: [] }],
          ['POST', `${base}/resolve`],
          ['POST', `${base}/read`, { seq: 1 }],
          ['POST', `${base}/typing`],
        );
      }
      for (const id of [flow.summary.id, 'flow_none', '%20']) {
        const base = `/v1/flows/${id}`;
        calls.push(
          ['GET', base],
          ['PATCH', base, { name: 'x', baseVersion }],
          ['DELETE', `${base}?baseVersion=1`],
          ['GET', `${base}/versions`],
          ['GET', `${base}/versions/1`],
          ['POST', `${base}/versions`, { flow: flowOf(id, shopCards), baseVersion }],
          ['POST', `${base}/versions/1/restore`, { baseVersion }],
        );
      }
      for (const id of [theirs.inboxId, 'inb_none', '%20']) {
        calls.push(['GET', `/v1/inboxes/${id}`], ['PATCH', `/v1/inboxes/${id}`, { name: 'x' }]);
      }
      for (const [method, path, body, headers] of calls) {
        const answer = await host.call<ProblemDetails>(path, {
          method,
          token: mine.key,
          ...(body !== undefined && { body }),
          ...(headers && { headers }),
        });
        assert.equal(answer.status, 404, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      }
      const { items } = await createTestDashboard(host, mine.key).send<{ items: unknown[] }>(
        '/v1/conversations',
      );
      assert.deepEqual(items, []);
    });

    test('ids of another account in a body are rejected and change nothing', async () => {
      const [mine, theirs] = [
        await host.workspace(),
        await host.workspace({ labels: [{ id: 'lbl_theirs', name: 'x', color: '#000000' }] }),
      ];
      assert.ok(theirs);
      const visitor = await createTestVisitor(host, mine.inboxId);
      await visitor.message('halo');
      const dashboard = createTestDashboard(host, mine.key);
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      for (const [method, path, body] of [
        ['PUT', `/v1/conversations/${id}/labels`, { labelIds: ['lbl_theirs'] }],
        ['PUT', `/v1/conversations/${id}/collaborators`, { agentIds: ['agt_none'], teamIds: [] }],
        ['POST', `/v1/conversations/${id}/assign`, { kind: 'agent', agentId: 'agt_none' }],
        ['POST', `/v1/conversations/${id}/assign`, { kind: 'ai', aiAgentId: 'ai_none' }],
        ['POST', `/v1/conversations/${id}/messages`, { id: 'r1', text: 'x', agentId: 'agt_none' }],
        ['PATCH', `/v1/inboxes/${mine.inboxId}`, { flowId: 'flow_none' }],
        ['PATCH', `/v1/inboxes/${mine.inboxId}`, { aiAgentId: 'ai_none' }],
      ] as const) {
        const answer = await host.call<ProblemDetails>(path, { method, token: mine.key, body });
        assert.deepEqual([answer.status, answer.body.code], [422, 'unknown_reference'], path);
      }
      assert.deepEqual((await dashboard.conversationOf(visitor.visitorId)).labelIds, []);
    });

    test('a wrong key, a foreign signature and an expired token are rejected', async () => {
      const { accountId, workspace } = await host.workspace();
      const { signingKey } = workspace.account;
      const claims = { iss: accountId, sub: 'agt_budi', roles: ['agent'], exp: seconds() + 600 };
      const ok = await host.call('/v1/labels', { token: signToken(claims, signingKey) });
      assert.equal(ok.status, 200);
      for (const token of [
        'nonsense',
        '',
        signToken(claims, 'other'),
        signToken({ ...claims, iss: 'acc_none' }, signingKey),
        signToken({ ...claims, iss: '' }, ''),
        signToken({ ...claims, exp: seconds() + 7_300 }, signingKey),
        signToken({ ...claims, sub: '' }, signingKey),
      ])
        assert.equal((await host.call('/v1/labels', { token })).status, 401, token);
      const late = await host.call<ProblemDetails>('/v1/labels', {
        token: signToken({ ...claims, exp: seconds() - 90 }, signingKey),
      });
      assert.equal(late.body.code, 'token_expired');
    });

    test('an agent edits conversations and reads the rest; only an admin changes flows and inboxes', async () => {
      const { accountId, inboxId, workspace } = await host.workspace();
      const tokenFor = (...roles: string[]) =>
        signToken(
          { iss: accountId, sub: 'agt_budi', roles, exp: seconds() + 600 },
          workspace.account.signingKey,
        );
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('vip');
      const agent = createTestDashboard(host, tokenFor('agent'));
      const { id } = await agent.conversationOf(visitor.visitorId);
      await agent.send(`/v1/conversations/${id}/messages`, { body: { id: 'r1', text: 'Hai' } });
      const refused = async (token: string, method: string, path: string, body?: unknown) => {
        const answer = await host.call<ProblemDetails>(path, {
          method,
          token,
          ...(body !== undefined && { body }),
        });
        assert.deepEqual([answer.status, answer.body.code], [403, 'scope_missing'], path);
      };
      await refused(tokenFor('agent'), 'POST', '/v1/flows', { name: 'x' });
      await refused(tokenFor('agent'), 'PATCH', `/v1/inboxes/${inboxId}`, { name: 'x' });
      await refused(tokenFor(), 'GET', `/v1/conversations/${id}`);
      await refused(tokenFor('agent'), 'POST', `/v1/conversations/${id}/messages`, {
        id: 'r2',
        text: 'x',
        agentId: 'agt_sari',
      });
      await createTestDashboard(host, tokenFor('admin')).send('/v1/flows', { body: { name: 'x' } });
    });

    test('a token without a role is rejected everywhere, and an agent is rejected for admin operations', async () => {
      const { accountId, inboxId, workspace } = await host.workspace();
      const tokenOf = (...roles: string[]) =>
        signToken(
          { iss: accountId, sub: 'agt_budi', roles, exp: seconds() + 600 },
          workspace.account.signingKey,
        );
      const { operations } = loadContract();
      const door = operations.filter(({ security }) => security === 'dashboard');
      assert.ok(door.length > 20);
      const changes = ['createFlow', 'renameFlow', 'deleteFlow', 'saveFlowVersion', 'restoreFlowVersion'];
      for (const { id, method, path } of door) {
        const address = path
          .replace(':inboxId', inboxId)
          .replace(':flowId', 'flow_shop')
          .replace(':version', '1')
          .replace(':agentId', 'agt_budi')
          .replace(':conversationId', 'con_none');
        const ask = (token: string) =>
          host.call<ProblemDetails>(address, { method: method.toUpperCase(), token });
        for (const token of [tokenOf(), tokenOf('visitor', 'Admin')]) {
          const { status, body } = await ask(token);
          assert.deepEqual([status, body.code], [403, 'scope_missing'], id);
        }
        if (id === 'streamAccountHints') continue;
        const isAdmins = [...changes, 'updateInbox', 'updateAgent'].includes(id);
        assert.equal((await ask(tokenOf('agent'))).status === 403, isAdmins, id);
        assert.notEqual((await ask(tokenOf('nothing', 'admin'))).status, 403, id);
      }
    });

    test('unstorable characters are rejected in a document, and replaced in the name of a flow', async () => {
      const { key } = await host.workspace();
      const flow = flowOf('flow_odd', { ...shopCards, sorry: { kind: 'message', text: 'a\0b', next: [] } });
      const refused = await host.call<ProblemDetails>('/v1/flows', { token: key, body: { name: 'x', flow } });
      assert.deepEqual([refused.status, refused.body.code], [422, 'flow_invalid']);
      assert.ok(refused.body.problems?.some(({ code }) => code === 'bad-text'));
      const named = await createTestDashboard(host, key).send<FlowDetail>('/v1/flows', {
        body: { name: 'a\0b\ud800' },
      });
      assert.equal(named.summary.name, 'a\u{FFFD}b\u{FFFD}');
    });

    test('with an API key the request names the agent who replies', async () => {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('vip');
      const { id } = await createTestDashboard(host, key).conversationOf(visitor.visitorId);
      const body = { id: 'r1', text: 'x' };
      assert.equal((await host.call(`/v1/conversations/${id}/messages`, { token: key, body })).status, 400);
    });

    test('dashboards can call only from the origins of the account', async () => {
      const [mine, theirs] = [await host.workspace(), await host.workspace()];
      const Origin = 'https://dashboard.example';
      const ok = await host.call('/v1/labels', { token: mine.key, headers: { Origin } });
      assert.equal(ok.headers.get('Access-Control-Allow-Origin'), Origin);
      assert.equal((await host.call('/v1/labels', { method: 'OPTIONS', headers: { Origin } })).status, 204);
      const stranger = { Origin: 'https://evil.example' };
      assert.equal((await host.call('/v1/labels', { method: 'OPTIONS', headers: stranger })).status, 403);
      assert.equal((await host.call('/v1/labels', { token: theirs.key, headers: stranger })).status, 403);
    });

    test('if two agents take one conversation at once, the second one gets the name of the assignee', async () => {
      const { inboxId, key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const take = (agentId: string, ifUnassigned = true) =>
        host.call<Pick<Conversation, 'handler'> & { code?: string }>(`/v1/conversations/${id}/assign`, {
          token: key,
          body: { kind: 'agent', agentId, ifUnassigned },
        });
      const answers = await Promise.all(['agt_budi', 'agt_sari'].map((agentId) => take(agentId)));
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
      const won = answers.find(({ status }) => status === 200)!.body.handler!;
      const lost = answers.find(({ status }) => status === 409)!.body;
      assert.deepEqual([lost.code, lost.handler], ['already_assigned', won]);
      assert.equal((await take(won.id)).status, 200, 'taking what one has already changes nothing');
      const other = won.id === 'agt_budi' ? 'agt_sari' : 'agt_budi';
      assert.equal((await take(other, false)).body.handler?.id, other, 'giving it on needs no condition');
    });

    test('an origin of one account is rejected for another account', async () => {
      const base = await host.workspace();
      const account = { ...base.workspace.account, id: `${base.accountId}b`, apiKeys: [`${base.key}b`] };
      await host.workspace({ account: { ...account, dashboardOrigins: ['https://b.example'] }, inboxes: [] });
      const Origin = 'https://b.example';
      assert.equal(
        (await host.call('/v1/labels', { token: `${base.key}b`, headers: { Origin } })).status,
        200,
      );
      const crossed = await host.call<ProblemDetails>('/v1/labels', { token: base.key, headers: { Origin } });
      assert.deepEqual([crossed.status, crossed.body.code], [403, 'origin_not_allowed']);
    });

    test('lists are paginated without duplicates and gaps', async () => {
      const labels = Array.from({ length: 7 }, (_, index) => ({
        id: `lbl_${index}`,
        name: `Nama ${index % 3}`,
        color: '#123456',
      }));
      const { key } = await host.workspace({ labels, flows: [], inboxes: [] });
      const dashboard = createTestDashboard(host, key);
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: { items: Label[]; next: string | null } = await dashboard.send(
          `/v1/labels?limit=3${next && `&cursor=${next}`}`,
        );
        seen.push(...page.items.map(({ id }) => id));
        ({ next } = page);
      }
      assert.equal(seen.length, 7);
      assert.equal(new Set(seen).size, 7);
      for (const cursor of ['nonsense', 'W10', Buffer.from('["x","y"]').toString('base64url')]) {
        const path = `/v1/conversations?cursor=${cursor}`;
        assert.equal((await host.call(path, { token: key })).status, 400, cursor);
      }
    });

    test('conversations are filtered by status, inbox, label and agent', async () => {
      const { inboxId, key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const [vip, other] = [await createTestVisitor(host, inboxId), await createTestVisitor(host, inboxId)];
      await vip.message('vip');
      host.clock.pass(1_000);
      await other.message('halo');
      const find = async (query: string) => {
        const { items } = await dashboard.send<{ items: { visitor: { id: string } }[] }>(
          `/v1/conversations?${query}`,
        );
        return items.map(({ visitor }) => visitor.id);
      };
      assert.deepEqual(await find(''), [other.visitorId, vip.visitorId], 'the last active first');
      const { id, seq, updatedAt } = await dashboard.conversationOf(vip.visitorId);
      host.clock.pass(1_000);
      await dashboard.send(`/v1/conversations/${id}/read`, { method: 'POST', body: { seq } });
      assert.equal((await dashboard.conversationOf(vip.visitorId)).updatedAt, updatedAt);
      assert.deepEqual(await find(''), [other.visitorId, vip.visitorId], 'reading a list changes nothing');
      assert.deepEqual(await find('status=pending'), [vip.visitorId]);
      assert.deepEqual(await find('labelId=lbl_vip'), [vip.visitorId]);
      assert.deepEqual(await find('agentId=agt_budi'), [vip.visitorId], 'handled');
      assert.deepEqual(await find('agentId=agt_sari'), [vip.visitorId], 'through a team that collaborates');
      assert.deepEqual(await find(`inboxId=${inboxId}&status=open`), [other.visitorId]);
      assert.deepEqual(await find('inboxId=inb_none'), []);
      assert.equal((await host.call('/v1/conversations?status=asleep', { token: key })).status, 400);
    });

    test('a new flow is a draft with only a start card', async () => {
      const { key } = await host.workspace();
      const { summary, newest } = await createTestDashboard(host, key).send<FlowDetail>('/v1/flows', {
        body: { name: 'Baru' },
      });
      assert.deepEqual([summary.name, summary.version, summary.live], ['Baru', 1, null]);
      assert.deepEqual(Object.keys(newest.flow.cards), ['start']);
      assert.ok(newest.problems.some(({ severity }) => severity === 'error'));
    });

    test('an imported flow without errors is a draft on request, and live otherwise', async () => {
      const { key, workspace } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const flow = workspace.flows![0];
      const create = (body: object) =>
        dashboard.send<FlowDetail>('/v1/flows', { body: { name: 'Impor', flow, ...body } });
      const { summary, newest } = await create({ live: false });
      assert.deepEqual([summary.live, summary.errorCount, newest.live], [null, 0, false]);
      for (const body of [{}, { live: true }]) assert.equal((await create(body)).summary.live, 1);
      // The next save makes the unpublished version live.
      const saved = await dashboard.send<SavedVersion>(`/v1/flows/${summary.id}/versions`, {
        body: { flow: newest.flow, baseVersion: 1 },
      });
      assert.deepEqual([saved.version, saved.live], [2, true]);
    });

    test('a new flow uses the time zone of the account', async () => {
      const zoneOf = async (timeZone?: string) => {
        const { workspace, key } = await host.workspace();
        const account = { ...workspace.account, id: `${workspace.account.id}z`, apiKeys: [`${key}z`] };
        await host.host.database.run('importWorkspace', {
          workspace: { account: { ...account, ...(timeZone && { timeZone }) } },
        });
        const dashboard = createTestDashboard(host, `${key}z`);
        return (await dashboard.send<FlowDetail>('/v1/flows', { body: { name: 'Baru' } })).newest.flow
          .timeZone;
      };
      assert.equal(await zoneOf(), 'Asia/Jakarta');
      assert.equal(await zoneOf('Asia/Makassar'), 'Asia/Makassar');
      await assert.rejects(zoneOf('Mars/Olympus'), /no time zone/);
    });

    test('unknown cursors and versions are rejected with 4xx, not 500', async () => {
      const { key, inboxId } = await host.workspace();
      const cursor = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
      for (const [path, status] of [
        [`/v1/labels?cursor=${cursor('a\0', 'b')}`, 400],
        [`/v1/flows?cursor=${cursor('2020', 'x')}`, 400],
        [`/v1/conversations?cursor=${cursor('Jan 1 2020 (x)', 'x')}`, 400],
        [`/v1/conversations?cursor=${cursor('2020-02-30T00:00:00.000Z', 'x')}`, 400],
        [`/v1/flows/flow_shop/versions?cursor=${cursor('9999999999')}`, 400],
        [`/v1/flows/flow_shop/versions?cursor=${cursor('1.5')}`, 400],
        [`/v1/flows/flow_shop/versions?cursor=${cursor('Infinity')}`, 400],
        ['/v1/flows/flow_shop/versions/99999999999', 404],
        [`/v1/widget/${inboxId}/flows/flow_shop/versions/99999999999`, 404],
      ] as const)
        assert.equal((await host.call(path, { token: key })).status, status, path);
      const visitor = await createTestVisitor(host, inboxId);
      const odd = visitor.say('halo');
      const flow = { id: 'flow_shop', version: 99_999_999_999 };
      const body = { ...odd, flow, input: { ...odd.input, 'k\0': 1 } };
      const path = `/v1/widget/${inboxId}/turns`;
      assert.equal((await host.call(path, { token: visitor.token, body })).status, 200, 'kept, not refused');
    });

    test('an imported document gets a new id; one that does not parse is rejected with its problems', async () => {
      const { key } = await host.workspace();
      const { summary } = await createTestDashboard(host, key).send<FlowDetail>('/v1/flows', {
        body: { name: 'Salinan', flow: flowOf('flow_shop', shopCards) },
      });
      assert.notEqual(summary.id, 'flow_shop');
      assert.equal(summary.live, 1);
      const bad = await host.call<ProblemDetails>('/v1/flows', {
        token: key,
        body: { name: 'x', flow: flowOf('f', { start: { kind: 'start', next: ['nowhere'] } }) },
      });
      assert.deepEqual([bad.status, bad.body.code], [422, 'flow_invalid']);
      assert.ok((bad.body.problems?.length ?? 0) > 0);
    });

    test('of fifty saves on the same version one succeeds, the others get 412 with the stored version', async () => {
      const { key } = await host.workspace();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          host.call<SavedVersion & ProblemDetails>('/v1/flows/flow_shop/versions', {
            token: key,
            body: { flow: flowOf('flow_shop', shopCards), baseVersion: 1 },
          }),
        ),
      );
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      const lost = answers.filter(({ status }) => status === 412);
      assert.equal(lost.length, 49);
      for (const { body } of lost) assert.equal(body.current?.newest.version, 2);
    });

    test('baseVersion takes precedence over If-Match', async () => {
      const { key } = await host.workspace();
      const path = '/v1/flows/flow_shop';
      const document = flowOf('flow_shop', shopCards);
      const put = (body: object, headers: Record<string, string> = {}) =>
        host.call<SavedVersion & ProblemDetails>(`${path}/versions`, { token: key, body, headers });
      const [none, stripped] = [await put({ flow: document }), await put({ flow: document, baseVersion: 1 })];
      assert.deepEqual([none.status, none.body.code], [428, 'precondition_required']);
      assert.equal(stripped.status, 201, 'no header at all is needed');
      const { status } = await put({ flow: document, baseVersion: 1 }, { 'If-Match': '"v2"' });
      assert.equal(status, 412, 'the base in the body wins over the header');
      let version = 2;
      for (const tag of ['"v2"', 'W/"v3"', '"v4-gzip"', 'W/"v5;br"', '"other", "v6"', '*']) {
        const saved = await put({ flow: document }, { 'If-Match': tag });
        assert.deepEqual([saved.status, saved.body.version], [201, (version += 1)], tag);
      }
      for (const tag of ['"v1"', 'W/"v7"', '"v80"', '"v8x"', 'v8', '""'])
        assert.equal((await put({ flow: document }, { 'If-Match': tag })).status, 412, tag);
      for (const [method, on, body] of [
        ['PATCH', path, { name: 'x' }],
        ['DELETE', path, undefined],
        ['POST', `${path}/versions/1/restore`, undefined],
      ] as const) {
        const send = (query: string, extra: object | undefined) =>
          host.call<ProblemDetails>(`${on}${query}`, {
            method,
            token: key,
            ...((body ?? extra) && { body: { ...body, ...extra } }),
          });
        const asked = await send('', undefined);
        assert.deepEqual([asked.status, asked.body.code], [428, 'precondition_required'], method);
        const old =
          method === 'DELETE' ? await send('?baseVersion=7', undefined) : await send('', { baseVersion: 7 });
        assert.deepEqual([old.status, old.body.code], [412, 'version_conflict'], method);
        assert.equal(old.body.current?.newest.version, 8);
      }
    });

    test('a save repeated with its id returns the stored version and creates no other', async () => {
      const { key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const path = '/v1/flows/flow_shop/versions';
      const saveId = '7d3f8c1e-52a4-4b6f-9d20-1c5e8f7a6b30';
      const body = { flow: flowOf('flow_shop', shopCards), live: false, baseVersion: 1, saveId };
      const made = await Promise.all(
        Array.from({ length: 8 }, () => dashboard.send<SavedVersion>(path, { body })),
      );
      assert.deepEqual(
        made.map(({ version, live }) => [version, live]),
        made.map(() => [2, false]),
      );
      await dashboard.send(path, { body: { ...body, baseVersion: 2, saveId: undefined } });
      assert.deepEqual(await dashboard.send(path, { body }), made[0], 'also when others saved after it');
      const other = { ...body, live: true };
      const reused = await host.call<ProblemDetails>(path, { token: key, body: other });
      assert.deepEqual([reused.status, reused.body.code], [422, 'id_reused']);
      const restore = { body: { baseVersion: 3, saveId: saveId.replace('7d', '8d') } };
      for (const _ of [1, 2])
        assert.equal((await dashboard.send<SavedVersion>(`${path}/1/restore`, restore)).version, 4);
    });

    test('a change of an inbox raises its version, and one based on another version changes nothing', async () => {
      const { key, inboxId } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const path = `/v1/inboxes/${inboxId}`;
      const change = (body: object) =>
        host.call<Inbox & ProblemDetails>(path, { method: 'PATCH', token: key, body });
      assert.equal((await dashboard.send<Inbox>(path)).version, 1);
      assert.equal((await change({ name: 'Satu', baseVersion: 1 })).body.version, 2);
      const late = await change({ name: 'Dua', baseVersion: 1 });
      assert.deepEqual([late.status, late.body.code], [412, 'version_conflict']);
      assert.equal((await change({ aiAgentId: null })).body.version, 3, 'the base is optional here');
      assert.equal((await dashboard.send<Inbox>(path)).name, 'Satu');
      for (const list of ['labels', 'agents', 'teams', 'ai-agents']) {
        const { items } = await dashboard.send<{ items: { version: number }[] }>(`/v1/${list}`);
        assert.ok(items.length > 0 && items.every(({ version }) => version === 1), list);
      }
    });

    test('a version with errors is stored as a draft and the live version stays', async () => {
      const { key, inboxId } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const unfinished = { ...shopCards, ask: { ...shopCards['ask'], text: '' } } as typeof shopCards;
      const saved = await dashboard.send<SavedVersion>('/v1/flows/flow_shop/versions', {
        body: { flow: flowOf('flow_shop', unfinished), baseVersion: 1 },
      });
      assert.equal(saved.live, false);
      assert.ok(saved.problems.some(({ severity }) => severity === 'error'));
      const { summary } = await dashboard.send<FlowDetail>('/v1/flows/flow_shop');
      assert.deepEqual([summary.version, summary.live], [2, 1]);
      const visitor = await createTestVisitor(host, inboxId);
      assert.equal((await visitor.message('halo')).session.flow?.version, 1);
    });

    test('a version saved as a draft is not live, and restoring creates a new version', async () => {
      const { key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const saved = await dashboard.send<SavedVersion>('/v1/flows/flow_shop/versions', {
        body: { flow: flowOf('flow_shop', shopCards), live: false, baseVersion: 1 },
      });
      assert.equal(saved.live, false);
      const restored = await dashboard.send<SavedVersion>('/v1/flows/flow_shop/versions/1/restore', {
        body: { baseVersion: 2 },
      });
      assert.deepEqual([restored.version, restored.live], [3, true]);
      const { items } = await dashboard.send<{ items: FlowVersionSummary[] }>('/v1/flows/flow_shop/versions');
      assert.deepEqual(
        items.map(({ version, live }) => [version, live]),
        [
          [3, true],
          [2, false],
          [1, false],
        ],
      );
    });

    test('a document is returned unchanged, with unknown members and their order', async () => {
      const { key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const sent = { ...flowOf('flow_shop', { ...shopCards }), zebra: 1, 'x-note': { b: 1, a: 2 } };
      await dashboard.send('/v1/flows/flow_shop/versions', {
        body: { flow: sent, baseVersion: 1 },
      });
      const { newest } = await dashboard.send<FlowDetail>('/v1/flows/flow_shop');
      assert.deepEqual(newest.flow, sent);
      assert.equal(JSON.stringify(newest.flow.cards), JSON.stringify(shopCards));
    });

    test('a renamed flow keeps its name in every version', async () => {
      const { key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const path = '/v1/flows/flow_shop';
      await dashboard.send(path, { method: 'PATCH', body: { name: 'Toko', baseVersion: 1 } });
      const names = async () => {
        const { summary, newest } = await dashboard.send<FlowDetail>(path);
        const first = await dashboard.send<FlowVersion>(`${path}/versions/1`);
        return [summary.name, newest.flow.name, first.flow.name];
      };
      assert.deepEqual(await names(), ['Toko', 'Toko', 'Toko']);
      // A document from before the rename does not restore the old name. Only `name` changes it.
      const flow = flowOf('flow_shop', shopCards);
      await dashboard.send(`${path}/versions`, { body: { flow, baseVersion: 1 } });
      assert.deepEqual(await names(), ['Toko', 'Toko', 'Toko']);
      await dashboard.send(`${path}/versions/1/restore`, { body: { baseVersion: 2 } });
      assert.deepEqual(await names(), ['Toko', 'Toko', 'Toko']);
      await dashboard.send(`${path}/versions`, { body: { flow, baseVersion: 3, name: 'Kedai' } });
      assert.deepEqual(await names(), ['Kedai', 'Kedai', 'Kedai']);
    });

    test('a flow that an inbox has selected cannot be deleted; a session under way keeps its version', async () => {
      const { key, inboxId } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('halo');
      const refused = await host.call<ProblemDetails>('/v1/flows/flow_shop?baseVersion=1', {
        method: 'DELETE',
        token: key,
      });
      assert.deepEqual([refused.status, refused.body.code], [409, 'in_use']);
      assert.equal(refused.body.inboxes?.[0]?.id, inboxId);
      await dashboard.send<Inbox>(`/v1/inboxes/${inboxId}`, { method: 'PATCH', body: { flowId: null } });
      await dashboard.send('/v1/flows/flow_shop?baseVersion=1', { method: 'DELETE' });
      assert.equal((await host.call('/v1/flows/flow_shop', { token: key })).status, 404);
      assert.equal((await visitor.press('ask', 'order')).effects.length, 2);
      const next = await createTestVisitor(host, inboxId);
      assert.equal((await next.message('halo')).session.flow, null);
    });

    test('a patch of an inbox changes only the given fields, and invalid origins are rejected', async () => {
      const { key, inboxId } = await host.workspace();
      const path = `/v1/inboxes/${inboxId}`;
      const changed = await createTestDashboard(host, key).send<Inbox>(path, {
        method: 'PATCH',
        body: { name: 'Baru', origins: ['https://new.example:8443'] },
      });
      assert.deepEqual([changed.name, changed.flowId, changed.agentIds], ['Baru', 'flow_shop', ['agt_sari']]);
      for (const body of [
        {},
        { origins: ['https://x.example/path'] },
        { origins: ['*'] },
        { accountId: 'acc_other' },
        { appearance: { accent: 'red' } },
      ]) {
        const answer = await host.call(path, { method: 'PATCH', token: key, body });
        assert.equal(answer.status, 400, JSON.stringify(body));
      }
    });

    test('a flow document over 2 MiB and any other body over 64 KiB are too large', async () => {
      const { key } = await host.workspace();
      const note = 'x'.repeat(100_000);
      const big = { ...flowOf('flow_shop', shopCards), note };
      const path = '/v1/flows/flow_shop/versions';
      const save = (flow: object) => host.call(path, { token: key, body: { flow, baseVersion: 1 } });
      assert.equal((await save(big)).status, 201);
      assert.equal((await save({ ...big, note: note.repeat(22) })).status, 413);
      const renamed = { name: note };
      assert.equal(
        (await host.call('/v1/flows/flow_shop', { method: 'PATCH', token: key, body: renamed })).status,
        413,
      );
    });

    test('importing a workspace twice creates and overwrites nothing', async () => {
      const { key, inboxId, workspace } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      await dashboard.send(`/v1/inboxes/${inboxId}`, { method: 'PATCH', body: { name: 'Nama baru' } });
      const again = await host.host.database.run('importWorkspace', { workspace });
      assert.deepEqual(Object.values(again.created), [0, 0, 0, 0, 0, 0, 0]);
      assert.equal((await dashboard.send<Inbox>(`/v1/inboxes/${inboxId}`)).name, 'Nama baru');
      const moved = { ...workspace.account, dashboardOrigins: ['https://moved.example'] };
      await host.host.database.run('importWorkspace', { workspace: { ...workspace, account: moved } });
      const origins = await host.host.database.run('listDashboardOrigins', undefined);
      for (const origin of [...workspace.account.dashboardOrigins, 'https://moved.example']) {
        assert.ok(origins.includes(origin), origin);
      }
      const other = { ...workspace.account, id: `${workspace.account.id}x` };
      const stolen = { ...workspace, account: { ...other, apiKeys: [`${key}x`] } };
      await assert.rejects(host.host.database.run('importWorkspace', { workspace: stolen }), /another id/);
      const sameKey = { ...workspace, account: other };
      await assert.rejects(
        host.host.database.run('importWorkspace', { workspace: sameKey }),
        /another account/,
      );
    });
  });
}
