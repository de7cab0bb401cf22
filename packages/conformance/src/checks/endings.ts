/** Ratings and the end of a session by the visitor. */
import type { ConversationEvent, Rating } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import type { Answer } from '../kit/answer.ts';
import { uuid7 } from '../kit/ids.ts';
import type { Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

const rate = (visitor: Visitor, body: object): Promise<Answer> =>
  visitor.call('rateSession', { body: { id: uuid7(), session: visitor.session, score: 4, ...body } });

const end = (visitor: Visitor, body: object = {}): Promise<Answer> =>
  visitor.call('endSession', { body: { id: uuid7(), session: visitor.session, ...body } });

async function rated(kit: Kit, visitor: Visitor): Promise<Rating | undefined> {
  return (await kit.account.conversationOf(visitor.id)).rating;
}

const ratingsIn = (log: ConversationEvent[]): string[] =>
  log.flatMap((event) => (event.type === 'rating' ? [`${event.rating.score} of ${event.sessionId}`] : []));

export const endingChecks = [
  check(
    'rating/stands',
    'rateSession',
    'a rating is sent to agents and to the visitor, and is in the log',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      expectEqual(await rated(kit, visitor), undefined, 'rating of the conversation before');
      expectStatus(await rate(visitor, { score: 5, comment: 'Cepat.' }), 204, 'rateSession');
      const known = await rated(kit, visitor);
      expectEqual(
        [known?.sessionId, known?.score, known?.comment],
        [visitor.session, 5, 'Cepat.'],
        'rating of the conversation',
      );
      expectEqual((await visitor.snapshot()).rating, known, "rating of the visitor's snapshot");
      const { id } = await kit.account.conversationOf(visitor.id);
      for (const [whose, log] of [
        ['the log', await kit.account.log(id)],
        ["the visitor's log", await visitor.events()],
      ] as const)
        expectEqual(ratingsIn(log), [`5 of ${visitor.session}`], `ratings in ${whose}`);
    },
  ),
  check(
    'rating/last-wins',
    'rateSession',
    'the last rating stands, and a late repetition changes nothing',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const [first, second] = [uuid7(), uuid7()];
      for (const [id, score] of [
        [first, 2],
        [first, 2],
        [second, 5],
        [first, 2],
      ] as const)
        expectStatus(await rate(visitor, { id, score }), 204, `rateSession, ${score}`);
      expectEqual((await rated(kit, visitor))?.score, 5, 'score after 2, 5, and a repetition of the 2');
      const log = await kit.account.log((await kit.account.conversationOf(visitor.id)).id);
      expectEqual(
        ratingsIn(log),
        [`2 of ${visitor.session}`, `5 of ${visitor.session}`],
        'ratings in the log',
      );
      expectProblem(
        await rate(visitor, { id: first, score: 3 }),
        422,
        'id_reused',
        'the same id with another score',
      );
    },
  ),
  check(
    'rating/sessions',
    'rateSession',
    'an earlier session may be rated, and does not hide the newer one’s rating',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const old = visitor.session;
      const { id } = await kit.account.conversationOf(visitor.id);
      await kit.account.resolve(id);
      expectStatus(await rate(visitor, { score: 1 }), 204, 'rateSession of a resolved session');
      await visitor.say('halo');
      expectEqual((await visitor.snapshot()).rating, undefined, "the new session's rating");
      await rate(visitor, { score: 4 });
      await rate(visitor, { session: old, score: 2 });
      const known = await rated(kit, visitor);
      expectEqual([known?.sessionId, known?.score], [visitor.session, 4], 'rating of the conversation');
      await rate(visitor, { session: uuid7(), score: 3 });
      expectEqual((await rated(kit, visitor))?.score, 3, 'a session that was never adopted means the newest');
    },
  ),
  check('rating/form', 'RateSession', 'scores from 1 to 5, comments up to 1,000 code points', async (kit) => {
    const visitor = await atDesk(kit);
    const nothing = await rate(visitor, {});
    expectProblem(nothing, 422, 'unknown_reference', 'before the first turn');
    await visitor.say('halo');
    for (const wrong of [
      { score: 0 },
      { score: 6 },
      { score: 2.5 },
      { score: '5' },
      { comment: 'a'.repeat(1001) },
      { id: '' },
    ])
      expectProblem(await rate(visitor, wrong), 400, 'invalid_request', JSON.stringify(wrong).slice(0, 40));
    expectEqual(await rated(kit, visitor), undefined, 'rating');
    expectStatus(await rate(visitor, { comment: '😀'.repeat(1000) }), 204, '1,000 code points');
  }),
  check(
    'end/next',
    'endSession',
    'a visitor ends the session, and the next message opens the next',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { id } = await kit.account.conversationOf(visitor.id);
      expectStatus(await end(visitor), 204, 'endSession');
      const ended = await kit.account.conversation(id);
      expectEqual(
        [ended.status, ended.session.status, ended.run.endReason],
        ['resolved', 'resolved', 'cancelled'],
        'status, session.status, run.endReason',
      );
      for (const log of [await kit.account.log(id), await visitor.events()]) {
        const last = log.findLast(({ type }) => type === 'session');
        expectThat(
          last?.type === 'session' && last.endedBy === 'visitor',
          'a session event ended by the visitor',
          last,
        );
      }
      expectStatus(await end(visitor), 204, 'endSession again');
      expectEqual((await kit.account.conversation(id)).seq, ended.seq, 'seq: nothing happened');
      const next = await visitor.say('urgent');
      expectEqual(
        [next.session.number, next.session.status],
        [2, 'open'],
        'number and status of the next session',
      );
      await kit.account.resolve(id);
      const byAgent = (await visitor.events()).findLast(({ type }) => type === 'session');
      expectThat(
        byAgent?.type === 'session' && byAgent.endedBy === 'agent',
        'a session event ended by an agent',
        byAgent,
      );
    },
  ),
  check(
    'end/late',
    'endSession',
    'an end that comes late, or again, spares a session that was opened since',
    async (kit) => {
      const visitor = await atDesk(kit);
      const early = await end(visitor);
      expectStatus(early, 204, 'endSession before the first turn');
      await visitor.say('halo');
      const old = visitor.session;
      const request = { id: uuid7(), session: uuid7() };
      await end(visitor, request);
      const { id } = await kit.account.conversationOf(visitor.id);
      expectEqual(
        (await kit.account.conversation(id)).session.status,
        'resolved',
        'a session that was never adopted means the open one',
      );
      await visitor.say('halo');
      for (const late of [request, { session: old }])
        expectStatus(await end(visitor, late), 204, 'a late endSession');
      expectEqual(
        (await kit.account.conversation(id)).session.status,
        'open',
        'status of the session opened since',
      );
      expectProblem(
        await end(visitor, { ...request, session: old }),
        422,
        'id_reused',
        'the same id for another session',
      );
    },
  ),
];
