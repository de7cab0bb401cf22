import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINE_REVISION } from '@alur/flow';
import type { Turn, TurnResult } from '@alur/protocol';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { databases } from '../testing/test-host.ts';
import { flowOf, workspaceOf, type Cards } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { operations } from './index.ts';

/** Asks with buttons all day in New York. "malam" goes to the team at once, without a time test. */
const cards: Cards = {
  start: { kind: 'start', next: ['night', 'open', 'rest'] },
  night: {
    kind: 'condition',
    test: { kind: 'first-message-text', match: 'contains', keywords: ['malam'] },
    next: ['team'],
  },
  open: {
    kind: 'condition',
    test: {
      kind: 'first-message-time',
      windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
      timeZone: 'America/New_York',
    },
    next: ['ask'],
  },
  rest: { kind: 'else', next: ['sari'] },
  ask: { kind: 'buttons', text: 'Ya?', next: ['order', 'typed'] },
  order: { kind: 'button', label: 'Pesanan', next: ['bot'] },
  typed: { kind: 'else', next: ['budi'] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: true, next: [] },
  budi: { kind: 'assign-human', agentIds: ['agt_budi'], teamIds: [], skipLastAiResponse: true, next: [] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
};

for (const kind of databases) {
  describe(`the engine revision of a turn on ${kind.name}`, () => {
    let database: TestDatabase;
    const workspace = workspaceOf('revision', { flows: [flowOf('flow_shop', cards)] });
    const accountId = workspace.account.id;
    const inboxId = workspace.inboxes?.[0]?.id ?? '';
    before(async () => {
      database = await createTestDatabase(kind);
      await database.run(importWorkspace, { workspace });
    });
    after(() => database.close());

    async function begin() {
      const { visitorId } = await database.run(operations.createVisitor, {
        accountId,
        inboxId,
        identity: null,
      });
      const turn = (seq: number, input: object): Turn => {
        const id = `t${seq}-${visitorId}`;
        const at = database.clock.iso();
        return { id, session: `s-${visitorId}`, seq, input: { id, at, ...input } as Turn['input'] };
      };
      return {
        say: (seq: number, text: string) => turn(seq, { kind: 'message', text }),
        press: (seq: number) => turn(seq, { kind: 'press', cardId: 'ask', buttonId: 'order' }),
        submit: (turn: Turn): Promise<TurnResult> =>
          database.run(operations.submitTurn, { visitorId, inboxId, turn }),
        rows: () =>
          database.sql<{ engine_revision: number | null; zone_offsets: object | null }>(
            `select engine_revision, zone_offsets from turns
             where conversation_id = (select id from conversations where visitor_id = $1) order by seq`,
            [visitorId],
          ),
        /**
         * Changes the stored turns to those of a host with this engine revision, and clears the flow
         * cache as a restart does.
         */
        async upgradeFrom(revision: number | null) {
          await database.sql(
            `update turns set engine_revision = $2
             where conversation_id = (select id from conversations where visitor_id = $1)`,
            [visitorId, revision],
          );
          database.forget();
        },
      };
    }

    test('a turn stores the revision and the offsets that its tests used', async () => {
      const { say, press, submit, rows } = await begin();
      await submit(say(1, 'halo'));
      await submit(press(2));
      assert.deepEqual(await rows(), [
        { engine_revision: ENGINE_REVISION, zone_offsets: { 'America/New_York': -300 } },
        { engine_revision: ENGINE_REVISION, zone_offsets: null },
      ]);
    });

    // Daylight saving time ends there on 7 November 2027.
    for (const [day, offset] of [
      ['2027-10-30', -240],
      ['2027-11-10', -300],
    ] as const)
      test(`the offset is that of the first message, on ${day}`, async () => {
        const { say, submit, rows } = await begin();
        const ahead = Date.parse(`${day}T12:00:00.000Z`) - database.clock();
        database.clock.pass(ahead);
        await submit(say(1, 'halo'));
        database.clock.pass(-ahead);
        assert.deepEqual((await rows())[0]?.zone_offsets, { 'America/New_York': offset });
      });

    test('a turn that reads no clock stores no offsets', async () => {
      const { say, submit, rows } = await begin();
      await submit(say(1, 'selamat malam'));
      assert.deepEqual(await rows(), [{ engine_revision: ENGINE_REVISION, zone_offsets: null }]);
    });

    for (const revision of [1, null])
      test(`a run that waited under revision ${revision} continues under the current one`, async () => {
        const { say, press, submit, rows, upgradeFrom } = await begin();
        const first = say(1, 'halo');
        const asked = await submit(first);
        assert.equal(asked.run.waitingAt, 'ask');
        await upgradeFrom(revision);
        const pressed = await submit(press(2));
        assert.deepEqual([pressed.session.id, pressed.run.endReason], [asked.session.id, 'assigned']);
        assert.deepEqual(
          (await rows()).map(({ engine_revision }) => engine_revision),
          [revision, ENGINE_REVISION],
        );
        assert.deepEqual(
          await submit(first),
          { ...asked, replayed: true },
          'its result is never computed again',
        );
      });
  });
}
