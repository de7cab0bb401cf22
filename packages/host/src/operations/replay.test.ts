import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advance, compileFlow, isBlank, parseFlow, publicFlow, startRun, zoneTables } from '@alur/flow';
import type { Effect, FlowRun, VisitorInput } from '@alur/flow';
import type { ConversationEvent, PublicEffect, Turn, TurnResult } from '@alur/protocol';
import * as fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { flowOf, shopCards, workspaceOf } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { operations } from './index.ts';
import { canonical } from './compare-claim.ts';

let database: TestDatabase;
const workspace = workspaceOf('replay');
const accountId = workspace.account.id;
const inboxId = workspace.inboxes?.[0]?.id ?? '';
before(async () => {
  database = await createTestDatabase();
  await database.run(importWorkspace, { workspace });
});
after(() => database.close());

type Step =
  | { do: 'say'; text: string; forged: boolean }
  | { do: 'press'; cardId: string; buttonId: string; forged: boolean }
  | { do: 'again' }
  | { do: 'reply' }
  | { do: 'resolve' }
  | { do: 'wait'; minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('say' as const),
    // A turn without visible text is refused.
    text: fc
      .oneof(fc.constantFrom('halo', 'vip', '1', 'Lain', ' pesanan'), fc.string({ maxLength: 20 }))
      .map((text) => text.replace(/[\0\uD800-\uDFFF]/g, ''))
      .filter((text) => !isBlank(text)),
    forged: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('press' as const),
    cardId: fc.constantFrom('ask', 'mark', 'none'),
    buttonId: fc.constantFrom('order', 'other', 'typed', 'none'),
    forged: fc.boolean(),
  }),
  fc.constant({ do: 'again' as const }),
  fc.constant({ do: 'reply' as const }),
  fc.constant({ do: 'resolve' as const }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 3_000 }) }),
);

test('the stored state equals the replay of the log, and the log has no gap', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), holds), { numRuns: 60 });
});

async function holds(steps: Step[]): Promise<void> {
  const { visitorId } = await database.run(operations.createVisitor, { accountId, inboxId, identity: null });
  let count = 0;
  let session = 'minted';
  let acknowledged = 0;
  let last = null as { turn: Turn; result: TurnResult } | null;
  const conversationId = async () =>
    (await database.sql<{ id: string }>('select id from conversations where visitor_id = $1', [visitorId]))[0]
      ?.id;

  for (const each of steps) {
    const at = database.clock.iso();
    if (each.do === 'wait') database.clock.pass(each.minutes * 60_000);
    else if (each.do === 'again' && last) {
      const again: TurnResult = await database.run(operations.submitTurn, {
        visitorId,
        inboxId,
        turn: { ...last.turn, seq: 1 },
      });
      assert.deepEqual(again, { ...last.result, replayed: true });
    } else if (each.do === 'reply' || each.do === 'resolve') {
      const id = await conversationId();
      if (!id) continue;
      const scope = { accountId, conversationId: id };
      if (each.do === 'resolve') await database.run(operations.resolveConversation, { ...scope, by: null });
      else
        await database
          .run(operations.replyToConversation, {
            ...scope,
            id: `r${++count}`,
            text: 'Hai',
            agentId: 'agt_budi',
          })
          .catch((error: { code?: string }) => assert.equal(error.code, 'conversation_resolved'));
    } else if (each.do === 'say' || each.do === 'press') {
      const id = `t${++count}`;
      const input: VisitorInput =
        each.do === 'say'
          ? { kind: 'message', id, at, text: each.text }
          : { kind: 'press', id, at, cardId: each.cardId, buttonId: each.buttonId };
      const effects = [{ kind: 'end', cardId: 'team', reason: 'assigned' }] as PublicEffect[];
      const turn: Turn = { id, session, seq: acknowledged + 1, input, ...(each.forged && { effects }) };
      const result = await database.run(operations.submitTurn, { visitorId, inboxId, turn });
      last = { turn, result };
      session = result.session.id;
      acknowledged = result.seq;
    }
  }
  const id = await conversationId();
  if (id) await checkConversation(id, acknowledged);
}

interface TurnRow {
  seq: number;
  session_id: string;
  input: VisitorInput;
  effects: Effect[];
  result: TurnResult;
}

async function checkConversation(id: string, acknowledged: number): Promise<void> {
  const [state] = await database.sql<{ head: number; turn_seq: number; session_id: string; run: FlowRun }>(
    'select head, turn_seq, session_id, run from conversations where id = $1',
    [id],
  );
  const events = (
    await database.sql<{ body: ConversationEvent }>(
      'select body from events where conversation_id = $1 order by seq',
      [id],
    )
  ).map(({ body }) => body);
  const turns = await database.sql<TurnRow>('select * from turns where conversation_id = $1 order by seq', [
    id,
  ]);
  assert.ok(state);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    Array.from({ length: state.head }, (_, index) => index + 1),
    'the log has no hole',
  );
  assert.deepEqual(
    turns.map(({ seq }) => seq),
    Array.from({ length: acknowledged }, (_, index) => index + 1),
    'each input once, in order',
  );

  const parsed = parseFlow(flowOf('flow_shop', shopCards));
  assert.ok(parsed.ok);
  const zones = zoneTables(parsed.flow, database.clock() - 10 * 86_400_000, 400);
  const engines = [compileFlow(parsed.flow, zones), compileFlow(publicFlow(parsed.flow), zones)] as const;
  const runs = new Map<string, FlowRun>();
  const byTurn = new Map(turns.map((turn) => [turn.input.id, turn]));
  for (const event of events) {
    if (event.type === 'session' && event.session.status === 'open')
      runs.set(event.sessionId, startRun({ visitor: {}, inbox: { name: 'Web Toko' } }));
    if (event.type === 'run' && event.turnId === undefined) runs.set(event.sessionId, event.run);
    if (event.type === 'path') {
      const turn = byTurn.get(event.turnId);
      const before = runs.get(event.sessionId);
      assert.ok(turn && before);
      const isForPast =
        turn.result.session.status === 'resolved' || turn.effects.length + event.trace.length === 0;
      const replayed = advance(engines[0], before, turn.input);
      if (isForPast && canonical(replayed.run) !== canonical(before)) continue;
      assert.equal(canonical(replayed.effects), canonical(turn.effects), 'its effects are those of a replay');
      assert.equal(canonical(replayed.run), canonical(turn.result.run));
      const seen = advance(engines[1], before, turn.input).effects;
      assert.equal(
        canonical(seen),
        canonical(turn.result.effects),
        'a widget finds the same on the public flow',
      );
      runs.set(event.sessionId, replayed.run);
    }
  }
  assert.equal(
    canonical(runs.get(state.session_id)),
    canonical(state.run),
    'the run is the replay of the log',
  );
}
