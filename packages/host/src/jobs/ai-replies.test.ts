import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { AiAnswer, AiAnswerer } from '../ai/ai-answer.ts';
import { createQuestionMatcher } from '../ai/question-matcher.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import type { Workspace } from '../workspace.ts';
import { flowOf, shopCards } from '../testing/test-workspace.ts';

for (const database of databases) {
  describe(`AI replies on ${database.name}`, () => {
    let host: TestHost;
    let asked: string[] = [];
    let answer: AiAnswerer['answer'] = createQuestionMatcher().answer;
    before(async () => {
      const ai: AiAnswerer = {
        answer(context, signal) {
          asked.push(context.history.at(-1)?.text ?? '');
          return answer(context, signal);
        },
      };
      host = await createTestHost({ ai }, database);
    });
    after(() => host.close());
    beforeEach(() => {
      asked = [];
      answer = createQuestionMatcher().answer;
    });

    async function begin(change: Partial<Workspace> = {}) {
      const { inboxId, key } = await host.workspace(change);
      const visitor = await createTestVisitor(host, inboxId);
      const dashboard = createTestDashboard(host, key);
      const conversation = () => dashboard.conversationOf(visitor.visitorId);
      /** Waits until the AI agent has sent `count` messages. */
      const aiSaid = (count: number) =>
        host.until(async () => {
          const said = (await visitor.snapshot()).messages.filter(({ author }) => author.kind === 'ai');
          return said.length >= count && said.map(({ text }) => text);
        });
      return { visitor, dashboard, conversation, aiSaid };
    }

    /** Waits until no job is left. */
    async function settle(): Promise<void> {
      await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0);
    }

    test('after an AI end it answers the last message and later ones', async () => {
      const { visitor, aiSaid, conversation } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      assert.deepEqual(await aiSaid(1), ['Buka halaman Pesanan Saya.']);
      await visitor.message('berapa ongkos kirimnya?');
      assert.deepEqual(await aiSaid(2), ['Buka halaman Pesanan Saya.', 'Mulai Rp9.000.']);
      const { status, handler } = await conversation();
      assert.deepEqual([status, handler], ['open', { kind: 'ai', id: 'ai_cs', name: 'Alya' }]);
    });

    test('a reply whose process crashes in every attempt fails, and the visitor gets a message', async () => {
      let claims = 0;
      const cut = new AbortController();
      // The state that a crashing process leaves: the job is claimed, its attempt counted, nothing written.
      answer = () =>
        new Promise((_, reject) => cut.signal.addEventListener('abort', () => reject(new Error('cut'))));
      const { visitor, aiSaid, dashboard, conversation } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await host.until(async () => asked.length === 1);
      for (claims = 1; claims < 3; claims++) {
        await host.host.database.run('releaseJobs', undefined);
        const input = { kind: 'ai-reply', limit: 1, perAccount: 1, blockedReceivers: [] } as const;
        const { jobs } = await host.host.database.run('claimJobs', input);
        assert.equal(jobs[0]?.attempts, claims + 1);
      }
      await host.host.database.run('releaseJobs', undefined);
      host.host.database.notify({ kind: 'jobs' });
      assert.equal((await aiSaid(1)).length, 1);
      assert.equal(asked.length, 1, 'the model is not asked a fourth time');
      const { id } = await conversation();
      const faults = (await dashboard.log(id)).filter((event) => event.type === 'fault');
      assert.match(faults[0]?.type === 'fault' ? faults[0].message : '', /ended during every attempt/);
      cut.abort();
      await settle();
    });

    test('it does not answer while a run waits', async () => {
      const { visitor, conversation } = await begin();
      await visitor.message('berapa ongkos kirim?');
      await settle();
      assert.deepEqual(asked, []);
      assert.equal((await conversation()).run.status, 'waiting');
    });

    test('on a human end with the skip on it does not answer', async () => {
      const { visitor } = await begin();
      await visitor.message('vip: berapa ongkos kirim?');
      await settle();
      assert.deepEqual(asked, []);
    });

    test('on a human end with the skip off it answers the last message once', async () => {
      const { visitor, aiSaid, conversation } = await begin();
      await visitor.message('halo');
      await visitor.message('berapa ongkos kirim?');
      assert.deepEqual(await aiSaid(1), ['Mulai Rp9.000.']);
      await visitor.message('dan melacak pesanan?');
      await settle();
      assert.equal(asked.length, 1);
      assert.equal((await conversation()).handler?.id, 'agt_sari', 'humans keep it');
    });

    test('it does not answer after an agent wrote', async () => {
      const { visitor, dashboard, conversation } = await begin();
      let release = (_answer: AiAnswer) => {};
      const thinking = new Promise<void>((begun) => {
        answer = () => {
          begun();
          return new Promise((done) => (release = done));
        };
      });
      await visitor.message('halo');
      await visitor.message('berapa ongkos kirim?');
      await thinking;
      await dashboard.reply((await conversation()).id, 'Saya saja.', 'agt_sari');
      release({ text: 'Terlambat', handOver: false });
      await settle();
      assert.ok(!(await visitor.snapshot()).messages.some(({ text }) => text === 'Terlambat'));
    });

    test('it stops when an agent takes over the conversation', async () => {
      const { visitor, dashboard, conversation, aiSaid } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await aiSaid(1);
      await dashboard.reply((await conversation()).id, 'Ini Budi.');
      await visitor.message('berapa ongkos kirim?');
      await settle();
      assert.equal(asked.length, 1);
      assert.deepEqual(
        [(await conversation()).status, (await conversation()).handler?.id],
        ['assigned', 'agt_budi'],
      );
    });

    test('when asked for a human it hands over to the candidates and stops', async () => {
      const { visitor, conversation, aiSaid } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await aiSaid(1);
      await visitor.message('saya mau bicara dengan manusia');
      assert.match((await aiSaid(2))[1] ?? '', /sambungkan/);
      assert.deepEqual(
        [(await conversation()).status, (await conversation()).handler?.id],
        ['pending', 'agt_budi'],
      );
      assert.deepEqual(
        (await conversation()).collaborators.agentIds,
        [],
        'who handles it no longer looks on',
      );
      await visitor.message('berapa ongkos kirim?');
      await settle();
      assert.equal(asked.length, 2, 'an AI agent never returns');
    });

    test('it sends nothing without an answer while an agent is assigned', async () => {
      const { visitor } = await begin();
      await visitor.message('halo');
      await visitor.message('apakah kucing bisa terbang ke bulan');
      await settle();
      assert.equal(asked.length, 1);
      const { messages } = await visitor.snapshot();
      assert.ok(messages.every(({ author }) => author.kind !== 'ai'));
    });

    test('without an answer it asks back once, then hands over with a message', async () => {
      const { visitor, conversation, aiSaid } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await aiSaid(1);
      await visitor.message('apakah kucing bisa terbang ke bulan');
      assert.match((await aiSaid(2))[1] ?? '', /tanyakan/);
      assert.equal((await conversation()).handler?.kind, 'ai');
      await visitor.message('dan anjing');
      assert.match((await aiSaid(3))[2] ?? '', /belum tahu/);
      assert.equal((await conversation()).handler?.kind, 'agent');
    });

    test('when an agent assigns it, it answers the waiting message', async () => {
      const { visitor, dashboard, conversation, aiSaid } = await begin();
      await visitor.message('vip: berapa ongkos kirim?');
      await dashboard.assign((await conversation()).id, { kind: 'ai', aiAgentId: 'ai_cs' });
      assert.deepEqual(await aiSaid(1), ['Mulai Rp9.000.']);
    });

    test('after a reassignment to another AI agent only the new one answers, once', async () => {
      const { visitor, dashboard, conversation, aiSaid } = await begin({
        aiAgents: ['ai_cs', 'ai_two'].map((id) => ({ id, name: id, questions: [] })),
      });
      let first = (_answer: AiAnswer) => {};
      answer = ({ aiAgent }) =>
        aiAgent.id === 'ai_two'
          ? Promise.resolve({ text: 'Saya Dua.', handOver: false })
          : new Promise((resolve) => (first = resolve));
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await host.until(async () => asked.length === 1);
      await dashboard.assign((await conversation()).id, { kind: 'ai', aiAgentId: 'ai_two' });
      assert.deepEqual(await aiSaid(1), ['Saya Dua.']);
      first({ text: 'Saya Satu.', handOver: false });
      await settle();
      assert.deepEqual(await aiSaid(1), ['Saya Dua.']);
    });

    test('a failing model is retried, then its fallback is sent and the conversation is handed over', async () => {
      const { visitor, dashboard, conversation } = await begin();
      answer = () => Promise.reject(new Error('no connection'));
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      for (let attempt = 1; attempt < 3; attempt++) {
        await host.until(
          async () =>
            asked.length === attempt && (await host.host.database.run('countJobs', undefined)) === 1,
        );
        await host.until(async () => (await host.host.database.run('countJobs', { locked: true })) === 0);
        host.clock.pass(60_000);
        host.host.database.notify({ kind: 'jobs' });
      }
      await settle();
      assert.equal(asked.length, 3);
      const log = await dashboard.log((await conversation()).id);
      assert.ok(log.some((event) => event.type === 'fault' && event.code === 'ai_failed'));
      assert.equal((await conversation()).handler?.id, 'agt_budi');
    });

    test('answers are in the order of the messages', async () => {
      const { visitor, aiSaid } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      await aiSaid(1);
      answer = async ({ history }) => ({ text: `re: ${history.at(-1)?.text}`, handOver: false });
      // The second turn is sent while the first waits for its response. Sent together, the second could
      // arrive first and be refused.
      await visitor.message('a');
      await visitor.message('b');
      assert.deepEqual((await aiSaid(3)).slice(1), ['re: a', 're: b']);
    });

    test('without an AI agent in the inbox there is no AI reply', async () => {
      const { inboxId } = await host.workspace({
        flows: [flowOf('flow_shop', shopCards)],
        inboxes: [{ id: `inb_noai_${database.name}`, name: 'x', type: 'web-livechat', flow: 'flow_shop' }],
      });
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('halo');
      await visitor.message('berapa ongkos kirim?');
      await settle();
      assert.deepEqual(asked, []);
    });
  });
}
