import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FlowDetail, SavedVersion } from '@alur/protocol';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  kinds,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf, shopCards, type Cards } from '../testing/test-workspace.ts';
import type { Workspace } from '../workspace.ts';

for (const database of databases) {
  describe(`sessions on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    async function begin(change: Partial<Workspace> = {}, suffix?: string) {
      const { inboxId, key, workspace } = await host.workspace(change, suffix);
      const visitor = await createTestVisitor(host, inboxId);
      return { inboxId, workspace, visitor, dashboard: createTestDashboard(host, key) };
    }

    /** Returns an inbox with the flow of these cards, without an AI agent unless one is named. */
    function inboxWith(suffix: string, inbox: object = {}): Workspace['inboxes'] {
      return [
        {
          id: `inb_${suffix}`,
          name: 'Web',
          type: 'web-livechat',
          flow: 'flow_shop',
          agentIds: ['agt_sari'],
          ...inbox,
        },
      ];
    }

    async function faultsOf(dashboard: ReturnType<typeof createTestDashboard>, visitorId: string) {
      const log = await dashboard.log((await dashboard.conversationOf(visitorId)).id);
      return log.flatMap((event) => (event.type === 'fault' ? [event.code] : []));
    }

    test('after a resolve the next message opens a new session at the start', async () => {
      const { visitor, dashboard } = await begin();
      const first = await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.resolve(id);
      const second = await visitor.message('halo');
      assert.equal(second.session.number, 2);
      assert.notEqual(second.session.id, first.session.id);
      assert.equal(second.run.status, 'waiting');
      assert.equal(second.run.first?.text, 'halo');
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.equal(conversation.status, 'open');
      assert.equal(conversation.handler, null);
      assert.deepEqual(conversation.collaborators, { agentIds: [], teamIds: [] });
      assert.deepEqual(conversation.labelIds, ['lbl_vip'], 'labels describe the visitor’s matter and stay');
    });

    test('the session id that the widget created for the next session is adopted', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('vip');
      await dashboard.resolve((await dashboard.conversationOf(visitor.visitorId)).id);
      assert.equal((await visitor.message('halo', { session: 'minted' })).session.id, 'minted');
    });

    test('a press for a resolved session is stored and ignored, and opens no session', async () => {
      const { visitor, dashboard } = await begin();
      const { session } = await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.resolve(id);
      const pressed = await visitor.press('ask', 'order', { session: session.id });
      assert.equal(pressed.session.status, 'resolved');
      assert.deepEqual(pressed.effects, []);
      await visitor.message('lagi', { session: session.id });
      const late = await visitor.press('ask', 'order', { session: session.id });
      assert.equal(late.session.number, 2);
      assert.equal(late.run.status, 'waiting', 'it was meant for the buttons of the session before');
    });

    test('the log also contains the run of a session that a press opened', async () => {
      const { visitor } = await begin();
      await visitor.press('ask', 'order');
      const { events } = await visitor.events();
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'run' ? [event.run] : [])),
        [(await visitor.snapshot()).run],
      );
    });

    test('a message for a resolved session goes to the open session', async () => {
      const { visitor, dashboard } = await begin();
      const { session } = await visitor.message('halo');
      await dashboard.resolve((await dashboard.conversationOf(visitor.visitorId)).id);
      const next = await visitor.message('satu', { session: session.id });
      const then = await visitor.message('dua', { session: session.id });
      assert.equal(then.session.id, next.session.id);
    });

    test('a message that arrives while the session is resolved is stored in one of the two sessions', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const [turn] = await Promise.all([visitor.message('vip lagi'), dashboard.resolve(id)]);
      assert.ok(turn.session.number === 1 || turn.session.number === 2);
      const { messages } = await visitor.snapshot();
      assert.equal(messages.filter(({ text }) => text === 'vip lagi').length, 1);
    });

    test('resolving twice changes nothing', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const { seq } = await dashboard.resolve(id);
      assert.equal((await dashboard.resolve(id)).seq, seq);
    });

    test('an agent’s reply ends a waiting run', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.reply(id, 'Saya bantu, ya.');
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.equal(conversation.run.endReason, 'cancelled');
      assert.equal(conversation.status, 'assigned', 'the first reply to a free conversation takes it');
      assert.equal(conversation.handler?.id, 'agt_budi');
      const next = await visitor.message('1');
      assert.deepEqual(next.effects, [], 'the buttons are grey');
    });

    test('a press after an agent’s reply is ignored by the flow and shown to the agent', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.reply(id, 'Halo');
      assert.deepEqual((await visitor.press('ask', 'order')).effects, []);
      assert.equal((await visitor.snapshot()).messages.at(-1)?.text, 'Pesanan');
      await visitor.press('ask', 'other');
      assert.equal((await visitor.snapshot()).messages.at(-1)?.text, 'Pesanan', 'once');
    });

    test('a reply does not end a new run, an assignment does', async () => {
      for (const isAssigned of [false, true]) {
        const { visitor, dashboard } = await begin();
        await visitor.press('ask', 'order');
        const { id } = await dashboard.conversationOf(visitor.visitorId);
        if (isAssigned) await dashboard.assign(id, { kind: 'agent', agentId: 'agt_sari' });
        else await dashboard.reply(id, 'Halo?');
        const { effects, run } = await visitor.message('halo');
        assert.deepEqual(kinds(effects), isAssigned ? [] : ['send-buttons']);
        assert.equal(run.status, isAssigned ? 'ended' : 'waiting');
      }
    });

    test('a resolved conversation rejects replies and assignments', async () => {
      const { visitor, dashboard, workspace } = await begin();
      await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.resolve(id);
      const token = workspace.account.apiKeys[0] ?? '';
      const path = `/v1/conversations/${id}`;
      for (const [sub, body] of [
        ['messages', { id: 'r1', text: 'x', agentId: 'agt_budi' }],
        ['assign', { kind: 'nobody' }],
      ] as const) {
        const { status, body: problem } = await host.call<{ code: string }>(`${path}/${sub}`, {
          token,
          body,
        });
        assert.deepEqual([status, problem.code], [409, 'conversation_resolved']);
      }
    });

    test('a reply is stored once for its id', async () => {
      const { visitor, dashboard, workspace } = await begin();
      await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const [first, second] = [
        await dashboard.reply(id, 'Hai', 'agt_budi', 'r1'),
        await dashboard.reply(id, 'Hai', 'agt_budi', 'r1'),
      ];
      assert.deepEqual(first, second);
      const other = await host.call<{ code: string }>(`/v1/conversations/${id}/messages`, {
        token: workspace.account.apiKeys[0] ?? '',
        body: { id: 'r1', text: 'Lain', agentId: 'agt_budi' },
      });
      assert.equal(other.body.code, 'id_reused');
    });

    test('without a flow a message goes to the inbox’s default as a pending conversation', async () => {
      const { visitor, dashboard } = await begin({ inboxes: inboxWith('noflow', { flow: null }) });
      const { effects, run, session } = await visitor.message('halo');
      assert.deepEqual([effects, run.status, session.flow], [[], 'ended', null]);
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.equal(conversation.handler?.id, 'agt_sari');
      assert.equal(conversation.status, 'pending');
      assert.deepEqual(await faultsOf(dashboard, visitor.visitorId), []);
    });

    test('the online agent with the fewest open conversations is assigned the next one', async () => {
      const { dashboard, inboxId } = await begin();
      const handlers: (string | undefined)[] = [];
      for (let count = 0; count < 4; count++) {
        const visitor = await createTestVisitor(host, inboxId);
        await visitor.message('vip');
        handlers.push((await dashboard.conversationOf(visitor.visitorId)).handler?.id);
      }
      assert.deepEqual(handlers, ['agt_budi', 'agt_sari', 'agt_budi', 'agt_sari']);
    });

    test('without an online agent it is pending without an assignee, and the first agent who replies is assigned', async () => {
      const { visitor, dashboard } = await begin({
        agents: [{ id: 'agt_ani', name: 'Ani', online: false }],
        teams: [],
        flows: [],
        inboxes: inboxWith('offline', { flow: null, agentIds: ['agt_ani'] }),
      });
      await visitor.message('halo');
      const before = await dashboard.conversationOf(visitor.visitorId);
      assert.deepEqual([before.status, before.handler], ['pending', null]);
      await dashboard.send(`/v1/conversations/${before.id}/collaborators`, {
        method: 'PUT',
        body: { agentIds: ['agt_ani'], teamIds: [] },
      });
      await dashboard.reply(before.id, 'Ya?', 'agt_ani');
      const taken = await dashboard.conversationOf(visitor.visitorId);
      assert.deepEqual(taken.collaborators.agentIds, [], 'who handles it is no collaborator as well');
      assert.deepEqual([taken.status, taken.handler?.id], ['assigned', 'agt_ani']);
    });

    test('a session keeps its version, a new session uses the live version', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const { newest } = await dashboard.send<FlowDetail>('/v1/flows/flow_shop');
      const ask = { ...shopCards['ask'], text: 'Baru' } as Cards[string];
      const saved = await dashboard.send<SavedVersion>('/v1/flows/flow_shop/versions', {
        body: { flow: { ...newest.flow, cards: { ...shopCards, ask } }, baseVersion: 1 },
      });
      assert.equal(saved.live, true);
      assert.deepEqual((await visitor.press('ask', 'order')).session.flow, { id: 'flow_shop', version: 1 });
      await dashboard.resolve((await dashboard.conversationOf(visitor.visitorId)).id);
      const next = await visitor.message('halo');
      assert.deepEqual(next.session.flow, { id: 'flow_shop', version: 2 });
      assert.equal((next.effects[0] as { text?: string }).text, 'Baru');
    });

    test('a claimed version is accepted for ten minutes after it was replaced, then the live version is used', async () => {
      const { dashboard, inboxId } = await begin();
      host.clock.pass(60_000);
      await dashboard.send('/v1/flows/flow_shop/versions', {
        body: { flow: flowOf('flow_shop', shopCards), baseVersion: 1 },
      });
      const claim = { flow: { id: 'flow_shop', version: 1 }, effects: [] };
      for (const [minutes, version] of [
        [9, 1],
        [2, 2],
      ] as const) {
        host.clock.pass(minutes * 60_000);
        const visitor = await createTestVisitor(host, inboxId);
        const { session, verdict } = await visitor.message('halo', claim);
        assert.equal(session.flow?.version, version);
        assert.equal(verdict, 'corrected');
      }
    });

    test('a version that was never served here cannot be claimed', async () => {
      const { visitor } = await begin();
      const { session } = await visitor.message('halo', { flow: { id: 'flow_shop', version: 7 } });
      assert.equal(session.flow?.version, 1);
    });
  });
}
