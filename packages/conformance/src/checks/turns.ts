/** Turns: stored exactly once, in order, evaluated by the host's own engine. */
import { ENGINE_REVISION } from '@alur/flow';
import type { MessageEvent, TurnResult } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import { DESK, deskFlow } from '../kit/flows.ts';
import { uuid7 } from '../kit/ids.ts';
import type { Visitor } from '../kit/visitor.ts';

/** Returns a visitor of an inbox with the desk flow. */
export async function atDesk(kit: Kit): Promise<Visitor> {
  await kit.account.serve(deskFlow(kit.account));
  return kit.visitor();
}

async function messagesOf(visitor: Visitor): Promise<MessageEvent['message'][]> {
  const events = await visitor.events();
  return events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
}

const seen = ({ effects, run, session, verdict, usedAt }: TurnResult): object => ({
  effects,
  run,
  session,
  verdict,
  usedAt,
});

export const turnChecks = [
  check(
    'turns/first',
    'submitTurn, rules 1, 2 and 6',
    'the first message enters the flow; an unclaimed turn is legal',
    async (kit) => {
      const visitor = await atDesk(kit);
      const minted = visitor.session;
      const turn = visitor.message('halo');
      const result = await visitor.take(turn);
      expectEqual(result.effects, DESK.asked(), 'effects');
      expectEqual([result.run.status, result.run.waitingAt], ['waiting', 'ask'], 'run');
      expectEqual(
        [result.turnId, result.seq, result.replayed, result.verdict],
        [turn.id, 1, false, 'unclaimed'],
        'turnId, seq, replayed, verdict',
      );
      expectEqual(
        [result.session.id, result.session.number, result.session.status],
        [minted, 1, 'open'],
        'session',
      );
      expectEqual([result.run.first?.id, result.run.first?.text], [turn.id, 'halo'], 'run.first');
      expectEqual(result.run.first?.at, result.usedAt, 'run.first.at is usedAt');
    },
  ),
  check(
    'turns/press',
    'submitTurn, rules 5, 6 and 8',
    'a press takes its branch, effects in order',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const result = await visitor.press('ask', 'order');
      expectEqual(result.effects, DESK.ordered, 'effects');
      expectEqual([result.run.status, result.run.endReason], ['ended', 'assigned'], 'run');
      const { labelIds } = await kit.account.conversationOf(visitor.id);
      expectEqual(labelIds, [kit.account.labels[0]!.id], 'labelIds of the conversation');
    },
  ),
  check('turns/claim-equal', 'submitTurn', 'a right claim is `equal`', async (kit) => {
    const flow = await kit.account.serve(deskFlow(kit.account));
    const visitor = await kit.visitor();
    const first = await visitor.say('halo', { flow, effects: DESK.asked() });
    expectEqual(first.verdict, 'equal', 'verdict of the first turn');
    const second = await visitor.press('ask', 'order', { flow, effects: DESK.ordered });
    expectEqual(second.verdict, 'equal', 'verdict of the press');
    const quick = await kit.visitor();
    const turn = quick.message('ini urgent!', { flow });
    const urgent = await quick.take({ ...turn, effects: DESK.urgent(turn.id) });
    expectEqual(urgent.verdict, 'equal', 'verdict of an end with skipAiReplyTo');
  }),
  check(
    'turns/claim-forged',
    'submitTurn',
    "forged effects are `corrected`; the host's own stand",
    async (kit) => {
      const flow = await kit.account.serve(deskFlow(kit.account));
      const forgeries: [string, object[]][] = [
        ['nothing', []],
        ['an end at once', DESK.urgent('x')],
        ['another text', [{ ...DESK.asked()[0], text: 'forged' }]],
        ['another button', [{ ...DESK.asked()[0], buttons: [{ id: 'order', label: 'forged' }] }]],
        ['one effect more', [...DESK.asked(), { kind: 'label', cardId: 'mark' }]],
        ['unknown cards', [{ kind: 'assign-human', cardId: 'nowhere', skipAiReplyTo: null }]],
      ];
      for (const [what, effects] of forgeries) {
        const visitor = await kit.visitor();
        const result = await visitor.say('halo', { flow, effects, engineRevision: ENGINE_REVISION });
        expectEqual(
          [result.verdict, result.reason],
          ['corrected', undefined],
          `verdict and reason of ${what}`,
        );
        expectEqual(result.effects, DESK.asked(), `effects after ${what}`);
        expectEqual([result.run.status, result.run.waitingAt], ['waiting', 'ask'], `run after ${what}`);
        const conversation = await kit.account.conversationOf(visitor.id);
        expectEqual(
          [conversation.labelIds, conversation.handler],
          [[], null],
          `labels and handler after ${what}`,
        );
      }
    },
  ),
  check(
    'turns/claim-revision',
    'submitTurn',
    'a claim of another engine revision is accepted; when it differs, `reason` says so',
    async (kit) => {
      const flow = await kit.account.serve(deskFlow(kit.account));
      const claims: [string, object][] = [
        ['an older revision', { engineRevision: 1 }],
        ['a newer revision', { engineRevision: ENGINE_REVISION + 1 }],
        ['no revision', {}],
      ];
      for (const [what, revision] of claims) {
        const visitor = await kit.visitor();
        const right = await visitor.say('halo', { flow, effects: DESK.asked(), ...revision });
        expectEqual([right.verdict, right.reason], ['equal', undefined], `a right claim of ${what}`);
        const wrong = await visitor.press('ask', 'order', { flow, effects: [], ...revision });
        expectEqual([wrong.verdict, wrong.reason], ['corrected', 'revision'], `a wrong claim of ${what}`);
        expectEqual(wrong.effects, DESK.ordered, `effects after a wrong claim of ${what}`);
      }
    },
  ),
  check(
    'turns/claim-skips-step',
    'submitTurn',
    'a press of a button that was never offered changes nothing, whatever is claimed',
    async (kit) => {
      const flow = await kit.account.serve(deskFlow(kit.account));
      const visitor = await kit.visitor();
      const result = await visitor.press('ask', 'order', { flow, effects: DESK.ordered });
      expectEqual(
        [result.verdict, result.effects, result.run.status],
        ['corrected', [], 'new'],
        'verdict, effects, run.status',
      );
      const conversation = await kit.account.conversationOf(visitor.id);
      expectEqual([conversation.labelIds, conversation.handler], [[], null], 'labels and handler');
    },
  ),
  check(
    'turns/idempotent',
    'submitTurn',
    'the same turn again answers the recorded result and stores nothing',
    async (kit) => {
      const visitor = await atDesk(kit);
      const turn = visitor.message('halo');
      const first = await visitor.take(turn);
      const again = await visitor.take(turn);
      expectEqual(again.replayed, true, 'replayed');
      expectEqual(again.turnId, turn.id, 'turnId');
      expectEqual(seen(again), seen(first), 'the recorded result');
      await visitor.press('ask', 'order');
      const late = await visitor.post(turn);
      expectStatus(late, 200, 'the same turn after a later one');
      expectEqual((late.body as TurnResult).replayed, true, 'replayed after a later one');
      const said = (await messagesOf(visitor)).filter(({ author }) => author.kind === 'visitor');
      expectEqual(
        said.map(({ id }) => id === turn.id),
        [true, false],
        "the visitor's messages in the log",
      );
    },
  ),
  check(
    'turns/idempotent-changed',
    'submitTurn',
    'everything but the input may change on a retry',
    async (kit) => {
      const visitor = await atDesk(kit);
      const turn = visitor.message('halo');
      const first = await visitor.take(turn);
      const retry = await visitor.post({
        ...turn,
        seq: 7,
        session: uuid7(),
        sentAt: new Date().toISOString(),
        input: { ...turn.input, at: new Date(Date.now() - 60_000).toISOString() },
        flow: { id: 'other', version: 3 },
        effects: [],
        facts: { visitor: { name: 'Lain' } },
      });
      expectStatus(retry, 200, 'a retry with another seq, session, time, claim');
      expectEqual((retry.body as TurnResult).replayed, true, 'replayed');
      expectEqual((retry.body as TurnResult).effects, first.effects, 'effects');
      expectEqual((await messagesOf(visitor)).length, 2, 'messages in the log');
    },
  ),
  check('turns/idempotent-50', 'submitTurn', '50 equal turns at once are one', async (kit) => {
    const visitor = await atDesk(kit);
    const turn = visitor.message('halo');
    const answers = await Promise.all(Array.from({ length: 50 }, () => visitor.post(turn)));
    for (const answer of answers) expectStatus(answer, 200, 'each of 50 equal turns');
    const results = answers.map(({ body }) => body as TurnResult);
    expectEqual(results.filter(({ replayed }) => !replayed).length, 1, 'answers with replayed: false');
    for (const result of results) expectEqual(result.effects, DESK.asked(), 'effects of each');
    const messages = await messagesOf(visitor);
    expectEqual(
      messages.map(({ author }) => author.kind),
      ['visitor', 'bot'],
      'messages in the log',
    );
    expectEqual((await visitor.snapshot()).seq, 1, 'seq');
  }),
  check('turns/id-reused', 'submitTurn', 'an id with another input is 422 id_reused', async (kit) => {
    const visitor = await atDesk(kit);
    const turn = visitor.message('halo');
    await visitor.take(turn);
    const other = { ...turn, input: { ...turn.input, text: 'halo!' } };
    expectProblem(await visitor.post(other), 422, 'id_reused', 'another text');
    const press = visitor.pressOf('ask', 'order', { id: turn.id });
    expectProblem(await visitor.post(press), 422, 'id_reused', 'another kind');
    const pressed = visitor.pressOf('ask', 'other');
    await visitor.take(pressed);
    const elsewhere = { ...pressed, input: { ...pressed.input, buttonId: 'order' } };
    expectProblem(await visitor.post(elsewhere), 422, 'id_reused', 'another button');
    const said = (await messagesOf(visitor)).filter(({ author }) => author.kind === 'visitor');
    expectEqual(said.length, 2, "the visitor's messages in the log");
    expectEqual((await kit.account.conversationOf(visitor.id)).labelIds, [], 'labelIds');
  }),
  check('turns/sequence-gap', 'submitTurn', 'a gap is 409 sequence_gap and names the number', async (kit) => {
    const visitor = await atDesk(kit);
    const early = await visitor.post(visitor.message('halo', { seq: 3 }));
    expectProblem(early, 409, 'sequence_gap', 'seq 3 as the first turn');
    expectEqual((early.body as { expected?: number }).expected, 1, 'expected');
    await visitor.say('halo');
    const turn = visitor.message('lagi', { seq: 5 });
    const gap = await visitor.post(turn);
    expectProblem(gap, 409, 'sequence_gap', 'seq 5 after 1');
    expectEqual((gap.body as { expected?: number }).expected, 2, 'expected');
    expectEqual((await visitor.snapshot()).seq, 1, 'seq: nothing was stored');
    expectEqual((await visitor.take({ ...turn, seq: 2 })).replayed, false, 'renumbered, it is taken');
  }),
  check(
    'turns/old-seq-new-id',
    'submitTurn',
    'an unknown id with an old seq is a new input, and appended',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('satu');
      await visitor.say('dua');
      const result = await visitor.say('tiga', { seq: 1 });
      expectEqual([result.replayed, result.seq], [false, 3], 'replayed, seq');
      const texts = (await messagesOf(visitor)).filter(({ author }) => author.kind === 'visitor');
      expectEqual(
        texts.map(({ text }) => text),
        ['satu', 'dua', 'tiga'],
        'texts in the log',
      );
    },
  ),
  check('turns/order', 'submitTurn', 'turns stand in the log in the order of their seq', async (kit) => {
    const visitor = await atDesk(kit);
    const texts = Array.from({ length: 12 }, (_, index) => `baris ${index}`);
    for (const text of texts) await visitor.say(text);
    const said = (await messagesOf(visitor)).filter(({ author }) => author.kind === 'visitor');
    expectEqual(
      said.map(({ text }) => text),
      texts,
      'texts in the log',
    );
  }),
  check('turns/press-on-new', 'rule 1', 'a press on a new run is stored and ignored', async (kit) => {
    const visitor = await atDesk(kit);
    const result = await visitor.press('ask', 'order');
    expectEqual(
      [result.effects, result.run.status, result.run.first],
      [[], 'new', null],
      'effects, run.status, run.first',
    );
    const next = await visitor.say('halo');
    expectEqual(next.effects, DESK.asked(), 'the message after it starts the flow');
  }),
  check(
    'turns/press-stale',
    'rule 6',
    'a second press, and one on an ended run, change nothing',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const taken = await visitor.press('ask', 'order');
      const second = await visitor.press('ask', 'order', { effects: DESK.ordered });
      expectEqual(
        [second.effects, second.verdict],
        [[], 'corrected'],
        'effects and verdict of the second press',
      );
      expectEqual(second.run, taken.run, 'run');
      const log = await kit.account.log((await kit.account.conversationOf(visitor.id)).id);
      expectEqual(log.filter(({ type }) => type === 'labels').length, 1, 'labels events in the log');
    },
  ),
  check(
    'turns/press-race',
    'rule 6',
    'of presses that arrive at once, one is taken and every one is counted',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      // All with the same seq, as from tabs that do not know each other.
      const presses = Array.from({ length: 6 }, () => visitor.pressOf('ask', 'order'));
      const answers = await Promise.all(presses.map((turn) => visitor.call('submitTurn', { body: turn })));
      for (const answer of answers) expectStatus(answer, 200, 'each press');
      const taken = answers.filter(({ body }) => (body as TurnResult).effects.length > 0);
      expectEqual(taken.length, 1, 'presses with effects');
      expectEqual((taken[0]!.body as TurnResult).effects, DESK.ordered, 'its effects');
      // A host may log a press without effect as a message or not.
      const said = (await messagesOf(visitor)).filter(({ author }) => author.kind === 'bot');
      expectEqual(said.length, 2, 'messages of the bot in the log');
      const seqs = answers.map(({ body }) => (body as TurnResult).seq).toSorted((a, b) => a - b);
      expectEqual(seqs, [2, 3, 4, 5, 6, 7], 'their numbers');
    },
  ),
  check(
    'turns/press-unknown',
    'rule 6',
    'a press of another card or an unknown button is ignored',
    async (kit) => {
      const visitor = await atDesk(kit);
      const asked = await visitor.say('halo');
      for (const [cardId, buttonId] of [
        ['nowhere', 'order'],
        ['ask', 'nothing'],
        ['thanks', 'order'],
        ['ask', 'typed'],
      ] as const) {
        const result = await visitor.press(cardId, buttonId);
        expectEqual(
          [result.effects, result.run],
          [[], asked.run],
          `effects and run after ${cardId}/${buttonId}`,
        );
      }
      expectEqual((await visitor.press('ask', 'order')).effects, DESK.ordered, 'the right press still works');
    },
  ),
  check(
    'turns/typed',
    'rules 3 and 6',
    'a typed label or number is that press, anything else the Else',
    async (kit) => {
      const flow = await kit.account.serve(deskFlow(kit.account));
      for (const [text, effects] of [
        ['Pesanan', DESK.ordered],
        ['  pESANAN \n', DESK.ordered],
        ['Ｐｅｓａｎａｎ', DESK.ordered],
        ['1', DESK.ordered],
        ['2', DESK.asked()],
        ['lainnya', DESK.asked()],
        ['3', DESK.heard],
        ['01', DESK.heard],
        ['pesanan saya', DESK.heard],
      ] as const) {
        const visitor = await kit.visitor();
        await visitor.say('halo');
        const result = await visitor.say(text, { flow, effects: [...effects] });
        expectEqual(result.effects, effects, `effects of typing ${JSON.stringify(text)}`);
        expectEqual(result.verdict, 'equal', `verdict of typing ${JSON.stringify(text)}`);
      }
    },
  ),
  check(
    'turns/after-end',
    'rule 8',
    'after the end nothing is evaluated, and every message is kept',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const end = await visitor.press('ask', 'order');
      const after = await visitor.say('urgent');
      expectEqual([after.effects, after.run], [[], end.run], 'effects and run');
      expectThat(
        (await messagesOf(visitor)).some(({ text }) => text === 'urgent'),
        'the message is in the log',
        'it is not',
      );
    },
  ),
  check(
    'turns/bubbles',
    'Message',
    'messages say which turn, effect and card they come from',
    async (kit) => {
      const visitor = await atDesk(kit);
      const first = visitor.message('halo');
      await visitor.take(first);
      const press = visitor.pressOf('ask', 'order');
      await visitor.take(press);
      const messages = await messagesOf(visitor);
      expectEqual(
        messages.map(({ id, turnId, effectIndex, cardId, author }) => [
          id,
          turnId,
          effectIndex,
          cardId,
          author.kind,
        ]),
        [
          [first.id, first.id, undefined, undefined, 'visitor'],
          [`${first.id}.0`, first.id, 0, 'ask', 'bot'],
          [press.id, press.id, undefined, undefined, 'visitor'],
          [`${press.id}.1`, press.id, 1, 'thanks', 'bot'],
        ],
        'id, turnId, effectIndex, cardId, author',
      );
      expectEqual(messages[2]?.pressed, { cardId: 'ask', buttonId: 'order' }, 'pressed');
      const [ask] = DESK.asked();
      expectEqual(messages[1]?.buttons, 'buttons' in ask! ? ask.buttons : null, 'buttons');
    },
  ),
  check('turns/id-mismatch', 'submitTurn', "a turn whose id is not its input's is refused", async (kit) => {
    const visitor = await atDesk(kit);
    const turn = visitor.message('halo');
    expectProblem(await visitor.post({ ...turn, id: uuid7() }), 400, 'invalid_request', 'another id');
    expectEqual((await visitor.snapshot()).seq, 0, 'seq: nothing was stored');
  }),
  check('turns/unknown-members', 'info', 'unknown members of a turn are ignored', async (kit) => {
    const visitor = await atDesk(kit);
    const turn = visitor.message('halo', { future: { any: 'thing' } });
    const result = await visitor.take({ ...turn, input: { ...turn.input, future: true } });
    expectEqual(result.effects, DESK.asked(), 'effects');
  }),
];
