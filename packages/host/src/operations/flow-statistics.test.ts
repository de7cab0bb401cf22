import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINE_REVISION } from '@alur/flow';
import type { FlowDetail, FlowStatistics, ProblemDetails } from '@alur/protocol';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  kinds,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf } from '../testing/test-workspace.ts';

/** Asks again when "Lagi" is pressed. */
const cards = {
  start: { kind: 'start', next: ['ask'] },
  ask: { kind: 'buttons', text: 'Ya?', next: ['again', 'rest'] },
  again: { kind: 'button', label: 'Lagi', next: ['back'] },
  back: { kind: 'jump', to: 'ask', next: [] },
  rest: { kind: 'else', next: ['end'] },
  end: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: true, next: [] },
};

for (const database of databases) {
  describe(`statistics of a flow on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    async function begin() {
      const { inboxId, key } = await host.workspace({ flows: [flowOf('flow_shop', cards)] });
      const dashboard = createTestDashboard(host, key);
      return {
        inboxId,
        key,
        dashboard,
        visitor: () => createTestVisitor(host, inboxId),
        count: (query = '') => dashboard.send<FlowStatistics>(`/v1/flows/flow_shop/statistics${query}`),
      };
    }
    const byCard = ({ cards }: FlowStatistics) =>
      Object.fromEntries(cards.map(({ cardId, runs, times }) => [cardId, `${runs} in ${times}`]));

    test('each run counts a card once, however often it visits the card', async () => {
      const { visitor, count } = await begin();
      assert.deepEqual(await count(), { runs: 0, corrected: 0, versions: [], cards: [] });
      const [one, two] = [await visitor(), await visitor()];
      await one.message('halo');
      await one.press('ask', 'again');
      await one.press('ask', 'again');
      await two.message('halo');
      await two.message('sesuatu');
      const counts = await count();
      assert.deepEqual([counts.runs, counts.versions], [2, [{ version: 1, runs: 2 }]]);
      assert.deepEqual(byCard(counts), {
        start: '2 in 2',
        ask: '2 in 4',
        again: '1 in 2',
        back: '1 in 2',
        rest: '1 in 1',
        end: '1 in 1',
      });
      assert.equal(counts.cards[0]?.cardId, 'ask', 'those of most runs, and most times, first');
    });

    test('counts by version and by time, and counts a new session as a separate run', async () => {
      const { dashboard, visitor, count } = await begin();
      const early = await visitor();
      await early.message('halo');
      const before = host.clock.iso();
      host.clock.pass(60_000);
      const noon = host.clock.iso();
      const flow = await dashboard.send<FlowDetail>('/v1/flows/flow_shop');
      await dashboard.send('/v1/flows/flow_shop/versions', {
        body: { flow: flow.newest.flow, baseVersion: 1 },
      });
      const late = await visitor();
      await late.message('halo');
      await dashboard.resolve((await dashboard.conversationOf(late.visitorId)).id);
      await late.message('halo lagi');
      const all = await count();
      assert.deepEqual(
        [all.runs, all.versions],
        [
          3,
          [
            { version: 2, runs: 2 },
            { version: 1, runs: 1 },
          ],
        ],
      );
      assert.equal((await count('?version=2')).runs, 2);
      assert.equal((await count(`?to=${noon}`)).runs, 1);
      assert.equal((await count(`?from=${noon}`)).runs, 2);
      assert.equal((await count(`?from=${before}&to=${noon}&version=2`)).runs, 0);
      assert.equal((await count('?version=2147483648')).runs, 0);
    });

    test('an erased visitor’s path is counted, a repeated turn is counted once, an ignored one is not counted', async () => {
      const { inboxId, visitor, count } = await begin();
      const one = await visitor();
      const turn = one.say('halo');
      await one.turn(turn);
      await one.turn(turn);
      await one.press('elsewhere', 'again');
      assert.equal((await count()).cards.find(({ cardId }) => cardId === 'ask')?.times, 1);
      await host.call(`/v1/widget/${inboxId}/visitor`, { method: 'DELETE', token: one.token });
      assert.equal((await count()).runs, 1);
    });

    test('a turn with a wrong claim counts once as corrected, even without steps', async () => {
      const { visitor, count } = await begin();
      const [honest, forger, silent] = [await visitor(), await visitor(), await visitor()];
      const said = await silent.message('halo');
      await honest.message('halo', { effects: said.effects });
      assert.equal((await count()).corrected, 0);
      const current = { engineRevision: ENGINE_REVISION };
      const forged = forger.say('halo', { ...current, effects: [] });
      await forger.turn(forged);
      await forger.turn(forged);
      assert.equal((await count()).corrected, 1);
      const before = await count();
      const stranger = await visitor();
      await stranger.press('elsewhere', 'again', { ...current, effects: said.effects });
      assert.deepEqual(await count(), { ...before, corrected: 2 }, 'nothing but that was counted');
      assert.equal((await count('?version=2')).corrected, 0);
      assert.equal((await count(`?to=${new Date(host.clock() - 1).toISOString()}`)).corrected, 0);
    });

    test('a turn of another engine revision does not count as corrected', async () => {
      const { visitor, count } = await begin();
      for (const revision of [{}, { engineRevision: 1 }, { engineRevision: ENGINE_REVISION + 1 }]) {
        const result = await (await visitor()).message('halo', { ...revision, effects: [] });
        assert.deepEqual([result.verdict, result.reason], ['corrected', 'revision']);
        assert.deepEqual(kinds(result.effects), ['send-buttons'], 'what the host found stands');
      }
      const counts = await count();
      assert.deepEqual([counts.runs, counts.corrected], [3, 0]);
    });

    test('a flow of another account with the same id is not counted', async () => {
      const [mine, theirs] = [await begin(), await begin()];
      await (await theirs.visitor()).message('halo');
      assert.equal((await mine.count()).runs, 0);
      const path = '/v1/flows/flow_none/statistics';
      const missing = await host.call<ProblemDetails>(path, { token: mine.key });
      assert.deepEqual([missing.status, missing.body.code], [404, 'not_found']);
      for (const query of ['version=0', 'from=yesterday', 'to=2026-13-01T00:00:00.000Z']) {
        const wrong = await host.call<ProblemDetails>(`/v1/flows/flow_shop/statistics?${query}`, {
          token: mine.key,
        });
        assert.deepEqual([wrong.status, wrong.body.code], [400, 'invalid_request'], query);
      }
    });
  });
}
