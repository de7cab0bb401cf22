/** Sessions, their pinned versions, facts, and the time that the engine uses. */
import type { TurnResult } from '@alur/protocol';
import { check } from '../kit/check.ts';
import { expectEqual, expectStatus, expectThat } from '../kit/expect.ts';
import { DESK, deskFlow, lineFlow } from '../kit/flows.ts';
import { uuid7 } from '../kit/ids.ts';
import { atDesk } from './turns.ts';

/** Returns the host's time from its own response: the clocks of host and kit can differ. */
const hostTime = (answer: { headers: Headers; body: unknown }): number =>
  Date.parse((answer.body as { serverTime: string }).serverTime);

export const sessionChecks = [
  check(
    'sessions/adopted',
    'Turn.session',
    'a minted session is adopted, unless one is open',
    async (kit) => {
      const visitor = await atDesk(kit);
      const first = await visitor.say('halo');
      const second = await visitor.say('lagi', { session: uuid7() });
      expectEqual(second.session.id, first.session.id, 'the open session is answered');
      await kit.account.resolve((await kit.account.conversationOf(visitor.id)).id);
      const minted = uuid7();
      const third = await visitor.say('halo', { session: minted });
      expectEqual([third.session.id, third.session.number], [minted, 2], 'id and number of the next session');
    },
  ),
  check(
    'sessions/resolved',
    'rule 10',
    'a message that names a resolved session opens the next at Start',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      await visitor.press('ask', 'order');
      const old = visitor.session;
      const { id } = await kit.account.conversationOf(visitor.id);
      const resolved = await kit.account.resolve(id);
      expectEqual([resolved.status, resolved.session.status], ['resolved', 'resolved'], 'status');
      expectEqual((await visitor.snapshot()).session?.status, 'resolved', "the visitor's session.status");
      const turn = visitor.message('urgent lagi', { session: old });
      const next = await visitor.take(turn);
      expectThat(next.session.id !== old, 'another session id', next.session.id);
      expectEqual([next.session.number, next.session.status], [2, 'open'], 'number and status');
      expectEqual(next.run.first?.id, turn.id, 'run.first.id');
      expectEqual(next.effects, DESK.urgent(turn.id), 'effects, from Start Point');
      const after = await kit.account.conversation(id);
      const sessions = (await visitor.events()).flatMap((event) =>
        event.type === 'session' ? [event.session] : [],
      );
      expectEqual(
        sessions.map(({ number, status }) => `${number} ${status}`),
        ['1 open', '1 resolved', '2 open'],
        "session events in the visitor's log",
      );
      expectEqual(
        [after.id, after.session.id],
        [id, next.session.id],
        'the same conversation, the new session',
      );
    },
  ),
  check(
    'sessions/press-on-resolved',
    'submitTurn',
    'a press that names a resolved session is kept and ignored',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const old = visitor.session;
      const { id } = await kit.account.conversationOf(visitor.id);
      await kit.account.resolve(id);
      const result = await visitor.press('ask', 'order', { session: old, effects: DESK.ordered });
      expectEqual([result.effects, result.session.id], [[], old], 'effects and session');
      const conversation = await kit.account.conversation(id);
      expectEqual(
        [conversation.session.id, conversation.labelIds],
        [old, []],
        'no session was opened, nothing labelled',
      );
    },
  ),
  check(
    'sessions/resolve-race',
    'rule 10',
    'a message that meets a resolve is stored once, in one of two sessions',
    async (kit) => {
      for (let round = 0; round < 8; round++) {
        const visitor = await atDesk(kit);
        await visitor.say('halo');
        const { id } = await kit.account.conversationOf(visitor.id);
        const turn = visitor.message('lagi');
        const [answer] = await Promise.all([visitor.post(turn), kit.account.resolve(id)]);
        expectStatus(answer, 200, 'the turn');
        const result = answer.body as TurnResult;
        const conversation = await kit.account.conversation(id);
        const log = await kit.account.log(id);
        const said = log.filter((event) => event.type === 'message' && event.message.id === turn.id);
        expectEqual(
          said.map(({ sessionId }) => sessionId),
          [result.session.id],
          'the message in the log',
        );
        const inFirst = result.session.number === 1;
        expectEqual(
          [conversation.session.number, conversation.session.status],
          inFirst ? [1, 'resolved'] : [2, 'open'],
          `session after the message went into session ${result.session.number}`,
        );
      }
    },
  ),
  check('sessions/resolve-twice', 'resolveConversation', 'resolving twice changes nothing', async (kit) => {
    const visitor = await atDesk(kit);
    await visitor.say('halo');
    const { id } = await kit.account.conversationOf(visitor.id);
    const once = await kit.account.resolve(id);
    const twice = await kit.account.resolve(id);
    expectEqual(
      [twice.seq, twice.status, twice.session],
      [once.seq, once.status, once.session],
      'seq, status, session',
    );
  }),
  check('sessions/taken-id', 'Turn.session', "another visitor's session id is refused", async (kit) => {
    const victim = await atDesk(kit);
    await victim.say('rahasia');
    const before = await kit.account.conversationOf(victim.id);
    const thief = await kit.visitor();
    const result = await thief.say('halo', { session: victim.session });
    expectEqual([result.session.number, result.run.first?.text], [1, 'halo'], "the thief's own session");
    const after = await kit.account.conversation(before.id);
    expectEqual([after.seq, after.session], [before.seq, before.session], "the other's conversation");
    const texts = (await thief.snapshot()).messages.map(({ text }) => text);
    expectThat(!texts.includes('rahasia'), "none of the other's messages", texts);
  }),
  check('sessions/pinned', 'rule 11', 'a session stays on the version it began with', async (kit) => {
    const { account } = kit;
    const flow = await account.createFlow(lineFlow(account, 'satu'));
    const cards = deskFlow(account, 'Versi satu?');
    const flowId = flow.summary.id;
    const one = await account.saveVersion(flowId, 1, { flow: { ...flow.newest.flow, cards } });
    expectStatus(one, 201, 'saveFlowVersion');
    await account.select(flowId);
    const early = await kit.visitor();
    const asked = await early.say('halo');
    expectEqual(asked.session.flow, { id: flowId, version: 2 }, 'session.flow');
    const two = await account.saveVersion(flowId, 2, {
      flow: { ...flow.newest.flow, cards: lineFlow(account, 'versi tiga') },
    });
    expectStatus(two, 201, 'saveFlowVersion');
    const pressed = await early.press('ask', 'order');
    expectEqual(pressed.effects, DESK.ordered, 'effects of the session under way');
    expectEqual(pressed.session.flow, { id: flowId, version: 2 }, 'session.flow of the session under way');
    const late = await (await kit.visitor()).say('halo');
    expectEqual(late.session.flow, { id: flowId, version: 3 }, 'session.flow of a new session');
    expectEqual(
      late.effects[0],
      { kind: 'send-message', cardId: 'line', text: 'versi tiga' },
      'its first effect',
    );

    const cached = await (
      await kit.visitor()
    ).say('halo', {
      flow: { id: flowId, version: 2 },
      effects: DESK.asked('Versi satu?'),
    });
    expectEqual(
      [cached.session.flow, cached.verdict],
      [{ id: flowId, version: 2 }, 'equal'],
      'a claimed version that was live within the last 10 minutes is pinned',
    );
    for (const claim of [
      { id: flowId, version: 99 },
      { id: 'flow_of_somebody', version: 1 },
    ]) {
      const result = await (await kit.visitor()).say('halo', { flow: claim, effects: [] });
      expectEqual(
        [result.session.flow, result.verdict],
        [{ id: flowId, version: 3 }, 'corrected'],
        `a claimed version that never was live (${claim.id} ${claim.version}): the live one`,
      );
    }
  }),
  check(
    'sessions/draft-not-served',
    'rule 11',
    'new sessions never take a draft, even when it is claimed',
    async (kit) => {
      const { account } = kit;
      const flow = await account.createFlow(lineFlow(account, 'hidup'));
      await account.select(flow.summary.id);
      const draft = await account.saveVersion(flow.summary.id, 1, {
        flow: { ...flow.newest.flow, cards: lineFlow(account, 'konsep') },
        live: false,
      });
      expectStatus(draft, 201, 'saveFlowVersion');
      for (const claim of [undefined, { id: flow.summary.id, version: 2 }]) {
        const result = await (await kit.visitor()).say('halo', claim ? { flow: claim } : {});
        expectEqual(result.session.flow, { id: flow.summary.id, version: 1 }, 'session.flow');
      }
    },
  ),
  check('sessions/no-flow', 'rule 13', 'without a flow the conversation still arrives', async (kit) => {
    await kit.account.select(null);
    const visitor = await kit.visitor();
    const result = await visitor.say('halo');
    expectEqual([result.effects, result.session.flow], [[], null], 'effects and session.flow');
    const conversation = await kit.account.conversationOf(visitor.id);
    expectThat(conversation.status !== 'resolved', 'an unresolved conversation', conversation.status);
    expectEqual(conversation.lastMessage?.text, 'halo', 'lastMessage');
  }),
  check(
    'sessions/facts',
    'rule 9, Facts',
    'facts of the opening turn are frozen in the run and fill templates',
    async (kit) => {
      const visitor = await atDesk(kit);
      const facts = { visitor: { name: 'Ayu', attributes: { plan: 'pro' } } };
      const turn = visitor.message('urgent', { facts });
      const result = await visitor.take({ ...turn, effects: DESK.urgent(turn.id, 'Ayu') });
      expectEqual(
        [result.run.facts.visitor?.name, result.verdict],
        ['Ayu', 'equal'],
        'facts.visitor.name, verdict',
      );
      expectEqual(result.run.facts.visitor?.attributes, { plan: 'pro' }, 'facts.visitor.attributes');
      const later = await visitor.say('lagi', { facts: { visitor: { name: 'Budi' } } });
      expectEqual(later.run.facts, result.run.facts, 'facts after a later turn with others');
      const { visitor: known } = await kit.account.conversationOf(visitor.id);
      expectEqual(known.verified, false, 'a claimed name verifies nothing');
    },
  ),
  check(
    'time/used',
    'TurnResult.usedAt',
    "only differences of the visitor's clock count, within contact and receipt",
    async (kit) => {
      const { account, host } = kit;
      await account.serve(deskFlow(account));
      const clock = async (): Promise<number> =>
        hostTime(await host.call('getWidgetConfig', { path: { inboxId: account.inbox.id } }));
      /** Sends a message with a clock that is off by `skew`, queued `age` before it is sent. */
      const used = async (
        skew: number,
        age: number | null,
        idle = 0,
      ): Promise<{ used: number; from: number; to: number; contact: number }> => {
        const visitor = await kit.visitor();
        const contact = Date.parse(visitor.tokens.serverTime);
        if (idle > 0) await host.pause(idle);
        const from = await clock();
        const sent = Date.now() + skew;
        const turn = visitor.message('halo');
        const result = await visitor.take({
          ...turn,
          input: { ...turn.input, at: new Date(sent - (age ?? 0)).toISOString() },
          ...(age !== null && { sentAt: new Date(sent).toISOString() }),
        });
        return { used: Date.parse(result.usedAt), from, to: await clock(), contact };
      };
      const day = 86_400_000;
      for (const [what, skew, age] of [
        ['a clock a day ahead', day, 0],
        ['a clock a day behind', -day, 0],
        ['no sentAt, a day behind', -day, null],
        ['written after it was sent', 0, -day],
      ] as const) {
        const got = await used(skew, age);
        expectThat(
          got.used >= Math.min(got.from, got.contact) && got.used <= got.to + 1,
          `${what}: the time of receipt`,
          `${got.used - got.from} ms after it at the earliest`,
        );
      }
      const offline = await used(-day, 600, 1200);
      const least = offline.from - 600 - 5;
      expectThat(
        offline.used >= least && offline.used <= offline.to - 600 + 5,
        'queued 600 ms before it was sent: 600 ms before receipt',
        `${offline.used - offline.from} ms from receipt`,
      );
      const long = await used(0, day, 30);
      expectThat(
        long.used >= long.contact - 1000 && long.used <= long.to,
        'queued a day before it was sent, by a visitor just made: not before its last contact',
        `${long.used - long.contact} ms from last contact`,
      );
    },
  ),
  check(
    'time/first-message-time',
    'rule 4',
    "time tests read the host's clock in the flow's zone",
    async (kit) => {
      const { account, host } = kit;
      const now = hostTime(await host.call('getWidgetConfig', { path: { inboxId: account.inbox.id } }));
      // Asia/Jakarta has been at UTC+7 since 1964: the local time needs no zone tables here.
      const local = new Date(now + 7 * 3_600_000);
      const clock = (hours: number): string =>
        new Date(local.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
      const weekday = local.getUTCDay() || 7;
      const around = (days: number[]): object => ({
        kind: 'first-message-time',
        windows: [{ from: clock(-2), to: clock(2), days }],
      });
      const wraps = clock(-2) > clock(2) && local.getUTCHours() < 12;
      const began = wraps ? ((weekday + 5) % 7) + 1 : weekday;
      const others = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== began);
      const human = { ...lineFlow(account, '')['people']! };
      const cards = {
        start: { kind: 'start', next: ['elsewhere', 'otherDays', 'now', 'rest'] },
        elsewhere: {
          kind: 'condition',
          test: {
            kind: 'first-message-time',
            windows: [{ from: clock(3), to: clock(9), days: [1, 2, 3, 4, 5, 6, 7] }],
          },
          next: ['wrong'],
        },
        otherDays: { kind: 'condition', test: around(others), next: ['wrong2'] },
        now: { kind: 'condition', test: around([began]), next: ['right'] },
        rest: { kind: 'else', next: ['wrong3'] },
        wrong: human,
        wrong2: human,
        right: human,
        wrong3: human,
      };
      await account.serve(cards);
      const result = await (await kit.visitor()).say('halo');
      expectEqual(result.effects.at(-1), { kind: 'end', cardId: 'right', reason: 'assigned' }, 'the end');
    },
  ),
];
