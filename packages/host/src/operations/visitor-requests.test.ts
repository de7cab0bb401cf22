import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ConversationEvent, ProblemDetails } from '@alur/protocol';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';

for (const database of databases) {
  describe(`ratings, and ends by the visitor, on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    async function begin() {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      const dashboard = createTestDashboard(host, key);
      const post = (path: string, body: object) =>
        host.call<ProblemDetails | null>(`/v1/widget/${inboxId}/${path}`, { token: visitor.token, body });
      return {
        visitor,
        dashboard,
        post,
        rate: (id: string, session: string, score: number, comment?: string) =>
          post('rating', { id, session, score, ...(comment !== undefined && { comment }) }),
        end: (id: string, session: string) => post('end', { id, session }),
        conversation: () => dashboard.conversationOf(visitor.visitorId),
        log: async () => dashboard.log((await dashboard.conversationOf(visitor.visitorId)).id),
      };
    }
    const ratings = (log: ConversationEvent[]) =>
      log.flatMap((event) => (event.type === 'rating' ? [[event.sessionId, event.rating.score]] : []));

    test('a rating is in the log, the conversation and the visitor’s snapshot', async () => {
      const { visitor, rate, conversation, log } = await begin();
      const { session } = await visitor.message('halo');
      assert.equal((await visitor.snapshot()).rating, undefined);
      assert.equal((await rate('r1', session.id, 4, 'Cepat.')).status, 204);
      const rating = { sessionId: session.id, score: 4, comment: 'Cepat.', at: host.clock.iso() };
      assert.deepEqual((await conversation()).rating, rating);
      assert.deepEqual((await visitor.snapshot()).rating, rating);
      const told = (await visitor.events()).events.find(({ type }) => type === 'rating');
      assert.deepEqual(told?.type === 'rating' && told.rating, rating);
      assert.deepEqual(ratings(await log()), [[session.id, 4]]);
    });

    test('the last rating is kept; a late repetition of an earlier rating changes nothing', async () => {
      const { visitor, rate, conversation, log } = await begin();
      const { session } = await visitor.message('halo');
      for (const [id, score] of [
        ['r1', 2],
        ['r1', 2],
        ['r2', 5],
        ['r1', 2],
        ['r3', 5],
      ] as const)
        assert.equal((await rate(id, session.id, score)).status, 204);
      assert.equal((await conversation()).rating?.score, 5);
      assert.deepEqual(ratings(await log()), [
        [session.id, 2],
        [session.id, 5],
      ]);
      const reused = await rate('r1', session.id, 3);
      assert.deepEqual([reused.status, reused.body?.code], [422, 'id_reused']);
    });

    test('an earlier session can be rated without replacing the newer one', async () => {
      const { visitor, dashboard, rate, conversation, log } = await begin();
      const first = (await visitor.message('halo')).session.id;
      await dashboard.resolve((await conversation()).id);
      const second = (await visitor.message('halo lagi')).session.id;
      await rate('r1', second, 5);
      await rate('r2', first, 1);
      assert.deepEqual(ratings(await log()), [
        [second, 5],
        [first, 1],
      ]);
      assert.equal((await conversation()).rating?.sessionId, second);
      assert.equal((await visitor.snapshot()).rating?.score, 5);
    });

    test('an unused session id means the newest session; without a session there is nothing to rate', async () => {
      const { visitor, rate, conversation } = await begin();
      const early = await rate('r0', 'ses_minted', 5);
      assert.deepEqual([early.status, early.body?.code], [422, 'unknown_reference']);
      const { session } = await visitor.message('halo');
      await rate('r0', 'ses_minted', 5);
      assert.equal((await conversation()).rating?.sessionId, session.id);
    });

    test('ending by the visitor resolves the session, records the author, and the next message opens a new one', async () => {
      const { visitor, end, conversation, log } = await begin();
      const { session } = await visitor.message('halo');
      assert.equal((await end('e1', session.id)).status, 204);
      const { status, run, session: ended } = await conversation();
      assert.deepEqual([status, run.endReason, ended.status], ['resolved', 'cancelled', 'resolved']);
      const last = (await log()).findLast(({ type }) => type === 'session');
      assert.ok(last?.type === 'session');
      assert.deepEqual([last.by, last.endedBy], [null, 'visitor']);
      const seen = (await visitor.events()).events.findLast(({ type }) => type === 'session');
      assert.ok(seen?.type === 'session');
      assert.deepEqual(['by' in seen, seen.endedBy], [false, 'visitor']);
      const next = await visitor.message('vip');
      assert.equal(next.session.number, 2);
    });

    test('a late or repeated end does not end a newer session', async () => {
      const { visitor, end, conversation } = await begin();
      const { session } = await visitor.message('halo');
      await end('e1', 'ses_never_adopted');
      assert.equal((await conversation()).status, 'resolved', 'it meant the one that was open');
      await visitor.message('halo lagi');
      for (const [id, named] of [
        ['e1', 'ses_never_adopted'],
        ['e2', session.id],
      ] as const)
        assert.equal((await end(id, named)).status, 204);
      assert.deepEqual((await conversation()).session.status, 'open');
      assert.equal((await end('e1', session.id)).body?.code, 'id_reused');
    });

    test('ending without a session has no effect, and a second end adds nothing to the log', async () => {
      const { visitor, end, log } = await begin();
      assert.equal((await end('e0', 'ses_x')).status, 204);
      const { session } = await visitor.message('halo');
      await end('e1', session.id);
      const { length } = await log();
      await end('e2', session.id);
      assert.equal((await log()).length, length);
    });

    test('scores out of range and too long comments are rejected', async () => {
      const { visitor, post } = await begin();
      const { session } = await visitor.message('halo');
      for (const wrong of [
        { score: 0 },
        { score: 6 },
        { score: 4.5 },
        { score: '5' },
        { comment: 'x'.repeat(1_001) },
        { id: '' },
      ]) {
        const answer = await post('rating', { id: 'r1', session: session.id, score: 5, ...wrong });
        assert.deepEqual([answer.status, answer.body?.code], [400, 'invalid_request']);
      }
    });
  });
}
