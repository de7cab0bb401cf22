/** Flow statistics: runs by card, by version and by time. */
import { ENGINE_REVISION } from '@alur/flow';
import type { FlowStatistics } from '@alur/protocol';
import type { Cards } from '../kit/account.ts';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus } from '../kit/expect.ts';
import { deskFlow, lineFlow } from '../kit/flows.ts';

async function count(
  kit: Kit,
  flowId: string,
  query: Record<string, string | number> = {},
): Promise<FlowStatistics> {
  const answer = await kit.host.call('getFlowStatistics', { path: { flowId }, query });
  expectStatus(answer, 200, 'getFlowStatistics');
  return answer.body as FlowStatistics;
}

const byCard = ({ cards }: FlowStatistics): Record<string, string> =>
  Object.fromEntries(cards.map(({ cardId, runs, times }) => [cardId, `${runs} in ${times}`]));

/** Selects a new flow without runs, and returns it. */
async function fresh(kit: Kit, cards: Cards): Promise<{ id: string; flow: object }> {
  const { summary, newest } = await kit.account.createFlow(cards);
  await kit.account.select(summary.id);
  return { id: summary.id, flow: newest.flow };
}

export const statisticsChecks = [
  check(
    'statistics/cards',
    'getFlowStatistics',
    'a run counts once for each card, however often it comes through',
    async (kit) => {
      const { id } = await fresh(kit, deskFlow(kit.account));
      expectEqual(
        await count(kit, id),
        { runs: 0, corrected: 0, versions: [], cards: [] },
        'before the first run',
      );
      const [one, two] = [await kit.visitor(), await kit.visitor()];
      const turn = one.message('halo');
      await one.take(turn);
      await one.take({ ...turn, seq: one.seq + 1 });
      await one.press('ask', 'other');
      await one.press('nowhere', 'other');
      await two.say('urgent');
      const counts = await count(kit, id);
      expectEqual([counts.runs, counts.versions], [2, [{ version: 1, runs: 2 }]], 'runs and versions');
      expectEqual(
        byCard(counts),
        {
          start: '2 in 2',
          ask: '1 in 2',
          rest: '1 in 1',
          other: '1 in 1',
          again: '1 in 1',
          urgent: '1 in 1',
          flag: '1 in 1',
          hello: '1 in 1',
          quick: '1 in 1',
        },
        'runs and times by card',
      );
      const runs = counts.cards.map((card) => card.runs);
      expectEqual(
        runs,
        runs.toSorted((a, b) => b - a),
        'cards of most runs first',
      );
    },
  ),
  check(
    'statistics/filters',
    'getFlowStatistics',
    'by version and by time; a session is a run',
    async (kit) => {
      const { account } = kit;
      const { id, flow } = await fresh(kit, lineFlow(account, 'satu'));
      const visitor = await kit.visitor();
      const first = await visitor.say('halo');
      await account.resolve((await account.conversationOf(visitor.id)).id);
      await visitor.say('halo lagi');
      const saved = await account.saveVersion(id, 1, { flow });
      expectStatus(saved, 201, 'saveFlowVersion');
      await (await kit.visitor()).say('halo');
      const all = await count(kit, id);
      expectEqual(
        [all.runs, all.versions],
        [
          3,
          [
            { version: 2, runs: 1 },
            { version: 1, runs: 2 },
          ],
        ],
        'runs and versions, newest first',
      );
      expectEqual((await count(kit, id, { version: 1 })).runs, 2, 'runs of version 1');
      expectEqual((await count(kit, id, { version: 9 })).runs, 0, 'runs of a version that is not there');
      const shift = (ms: number): string => new Date(Date.parse(first.usedAt) + ms).toISOString();
      expectEqual((await count(kit, id, { to: shift(-60_000) })).runs, 0, 'runs before the first turn');
      expectEqual(
        (await count(kit, id, { from: shift(-60_000), to: shift(3_600_000) })).runs,
        3,
        'runs around them',
      );
      for (const query of [{ version: 0 }, { from: 'yesterday' }])
        expectProblem(
          await kit.host.call('getFlowStatistics', { path: { flowId: id }, query }),
          400,
          'invalid_request',
          JSON.stringify(query),
        );
    },
  ),
  check(
    'statistics/corrected',
    'getFlowStatistics',
    'a turn whose claim was wrong counts as corrected, once and in its time',
    async (kit) => {
      const { id } = await fresh(kit, lineFlow(kit.account, 'satu'));
      const [silent, honest, forger] = [await kit.visitor(), await kit.visitor(), await kit.visitor()];
      const { effects, usedAt } = await silent.say('halo');
      await honest.say('halo', { effects });
      expectEqual((await count(kit, id)).corrected, 0, 'corrected: true claims, and none');
      const turn = forger.message('halo', { effects: [], engineRevision: ENGINE_REVISION });
      await forger.take(turn);
      await forger.take({ ...turn, seq: forger.seq + 1 });
      const counts = await count(kit, id);
      expectEqual([counts.runs, counts.corrected], [3, 1], 'runs and corrected: a wrong claim sent twice');
      const to = new Date(Date.parse(usedAt) - 60_000).toISOString();
      expectEqual((await count(kit, id, { to })).corrected, 0, 'corrected before the first turn');
    },
  ),
  check(
    'statistics/revision',
    'getFlowStatistics',
    'a turn of another engine revision does not count as corrected',
    async (kit) => {
      const { id } = await fresh(kit, lineFlow(kit.account, 'satu'));
      for (const revision of [{ engineRevision: ENGINE_REVISION + 1 }, {}])
        await (await kit.visitor()).say('halo', { effects: [], ...revision });
      const counts = await count(kit, id);
      expectEqual([counts.runs, counts.corrected], [2, 0], 'runs and corrected: claims of other revisions');
    },
  ),
  check('statistics/erased', 'getFlowStatistics', 'erasing a visitor changes no count', async (kit) => {
    const { id } = await fresh(kit, lineFlow(kit.account, 'satu'));
    const visitor = await kit.visitor();
    await visitor.say('halo');
    const before = await count(kit, id);
    expectStatus(await visitor.call('eraseVisitor'), 204, 'eraseVisitor');
    expectEqual(await count(kit, id), before, 'the counts');
  }),
];
