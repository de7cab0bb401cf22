/** The event log: one order, cursors that neither lose nor repeat events, and what each side may read. */
import type { ConversationEvent } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import type { Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

/** Types of events that visitors never receive. */
const FOR_AGENTS_ONLY = new Set(['labels', 'collaborators', 'path', 'webhook', 'fault', 'status', 'erased']);

/** Returns a conversation with events of many types. */
async function busy(kit: Kit): Promise<{ visitor: Visitor; id: string }> {
  const visitor = await atDesk(kit);
  await visitor.say('halo');
  await visitor.press('ask', 'other');
  await visitor.press('ask', 'order');
  const { id } = await kit.account.conversationOf(visitor.id);
  await kit.account.reply(id, 'Saya bantu.');
  await visitor.say('terima kasih');
  await kit.account.resolve(id);
  await visitor.say('urgent');
  return { visitor, id };
}

const numbers = (events: ConversationEvent[]): number[] => events.map(({ seq }) => seq);

export const eventChecks = [
  check(
    'events/order',
    'Event',
    'the log counts up without holes; a visitor sees a part of it in the same order',
    async (kit) => {
      const { visitor, id } = await busy(kit);
      const log = await kit.account.log(id);
      expectEqual(
        numbers(log),
        log.map((_, index) => index + 1),
        'seq of the whole log',
      );
      const { seq } = await kit.account.conversation(id);
      expectEqual(seq, log.length, 'seq of the conversation');
      const seen = await visitor.events();
      expectEqual(
        numbers(seen),
        numbers(seen).toSorted((a, b) => a - b),
        "the visitor's seq",
      );
      const known = new Map(log.map((event) => [event.seq, event.type]));
      expectEqual(
        seen.filter((event) => known.get(event.seq) !== event.type).map(({ seq }) => seq),
        [],
        "the visitor's events that are not in the log under their number",
      );
      const messages = (events: ConversationEvent[]): string[] =>
        events.flatMap((event) => (event.type === 'message' ? [event.message.id] : []));
      expectEqual(messages(seen), messages(log), "the visitor's messages");
      for (const event of log)
        if (event.type === 'message')
          expectEqual(event.message.seq, event.seq, "a message's seq is its event's");
    },
  ),
  check(
    'events/turn-order',
    'submitTurn',
    'a turn’s events stand together: the input, then its effects in order',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const turn = visitor.pressOf('ask', 'order');
      await visitor.take(turn);
      const log = await kit.account.log((await kit.account.conversationOf(visitor.id)).id);
      const at = (fits: (event: ConversationEvent) => boolean): number => log.findIndex(fits);
      const order = [
        at((event) => event.type === 'message' && event.message.id === turn.id),
        at((event) => event.type === 'labels' && event.cardId === 'mark'),
        at((event) => event.type === 'message' && event.message.id === `${turn.id}.1`),
      ];
      expectThat(!order.includes(-1), 'the press, its label and its message in the log', order);
      expectEqual(
        order,
        order.toSorted((a, b) => a - b),
        'places of press, label, message',
      );
      const path = log.find((event) => event.type === 'path' && event.turnId === turn.id);
      expectThat(path?.type === 'path' && path.trace.length > 0, 'a path event of the turn', path);
      expectEqual(path.verdict, 'unclaimed', 'its verdict');
    },
  ),
  check('events/audience', 'Event', 'visitors are sent neither agents’ events nor ids', async (kit) => {
    const { visitor } = await busy(kit);
    const { labels, agents, teams } = kit.account;
    const text = JSON.stringify([await visitor.events(), await visitor.snapshot()]);
    const types = (await visitor.events()).map(({ type }) => type);
    expectEqual(
      types.filter((type) => FOR_AGENTS_ONLY.has(type)),
      [],
      "types in the visitor's log",
    );
    for (const type of ['message', 'session', 'run', 'handler'])
      expectThat(types.includes(type as never), `a ${type} event`, types);
    const ids = [...labels, ...agents, ...teams].map(({ id }) => id);
    expectEqual(
      ids.filter((id) => text.includes(`"${id}"`)),
      [],
      "ids in the visitor's log and snapshot",
    );
  }),
  check(
    'events/catch-up',
    'listVisitorEvents',
    'from any cursor the rest follows: nothing lost, nothing twice',
    async (kit) => {
      const { visitor } = await busy(kit);
      const all = await visitor.events();
      expectEqual(await visitor.events('', 1), all, 'the log read one event at a time');
      for (const [index, event] of all.entries())
        expectEqual(
          numbers(await visitor.events(event.cursor)),
          numbers(all.slice(index + 1)),
          `seq after event ${event.seq}`,
        );
      const end = await visitor.page({ after: all.at(-1)!.cursor });
      expectEqual([end.events, end.more], [[], false], 'after the last event');
      const cursor = (await visitor.page({ after: end.cursor })).cursor;
      await visitor.say('satu lagi');
      const rest = await visitor.events(cursor);
      expectThat(
        rest.some((event) => event.type === 'message' && event.message.text === 'satu lagi'),
        'what came later',
        rest,
      );
    },
  ),
  check(
    'events/agents-catch-up',
    'listConversationEvents',
    'agents catch up by cursor as well',
    async (kit) => {
      const { id } = await busy(kit);
      const all = await kit.account.log(id);
      for (const event of [all[0]!, all[4]!, all.at(-1)!]) {
        const answer = await kit.host.call('listConversationEvents', {
          path: { conversationId: id },
          query: { after: event.cursor },
        });
        expectStatus(answer, 200, 'listConversationEvents');
        expectEqual(
          numbers((answer.body as { events: ConversationEvent[] }).events),
          numbers(all.slice(event.seq)),
          `seq after ${event.seq}`,
        );
      }
    },
  ),
  check(
    'events/turn-cursor',
    'TurnResult.cursor',
    "a turn's cursor stands behind its last event",
    async (kit) => {
      const visitor = await atDesk(kit);
      const result = await visitor.say('halo');
      expectEqual(await visitor.events(result.cursor), [], 'events after it');
      const next = await visitor.press('ask', 'order');
      const between = await visitor.events(result.cursor);
      expectThat(
        between.some((event) => event.type === 'message' && event.message.turnId === next.turnId),
        "the next turn's events",
        between,
      );
    },
  ),
  check(
    'events/bad-cursor',
    'cursor_expired',
    'a cursor the host does not know is 410 cursor_expired',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const answer = await visitor.call('listVisitorEvents', { query: { after: 'nonsense.999999' } });
      expectProblem(answer, 410, 'cursor_expired', 'listVisitorEvents');
    },
  ),
  check(
    'events/snapshot',
    'getVisitorConversation',
    'a snapshot is whole, and its cursor goes on where it ends',
    async (kit) => {
      const { visitor } = await busy(kit);
      const whole = await visitor.snapshot({ limit: 200 });
      const events = await visitor.events();
      const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
      expectEqual(whole.messages, messages, 'messages: those of the log');
      expectEqual(
        [whole.more, whole.seq, whole.session?.number],
        [false, visitor.seq, 2],
        'more, seq, session.number',
      );
      expectEqual(await visitor.events(whole.cursor), [], 'events after its cursor');
      const pages = [];
      for (let before: number | undefined; ;) {
        const page = await visitor.snapshot({ limit: 2, before });
        pages.unshift(...page.messages);
        before = page.messages[0]?.seq;
        expectEqual(page.more, pages.length < messages.length, 'more');
        if (!page.more) break;
      }
      expectEqual(pages, messages, 'history read two messages at a time');
    },
  ),
  check(
    'events/before-first',
    'getVisitorConversation',
    'before the first turn there is an empty snapshot, not an error',
    async (kit) => {
      const visitor = await atDesk(kit);
      const { session, run, seq, messages, more, unread, handler, cursor } = await visitor.snapshot();
      expectEqual(
        [session, run, seq, messages, more, unread, handler],
        [null, null, 0, [], false, 0, null],
        'snapshot',
      );
      expectEqual(await visitor.events(cursor), [], 'events after its cursor');
      await visitor.say('halo');
      const events = await visitor.events(cursor);
      expectThat(
        events.some(({ type }) => type === 'message'),
        'the first message follows that cursor',
        events,
      );
    },
  ),
  check(
    'events/long-poll',
    'listVisitorEvents, wait',
    'a long poll answers when something happens, else empty',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { id } = await kit.account.conversationOf(visitor.id);
      const { cursor } = await visitor.snapshot();
      const began = Date.now();
      const empty = await visitor.page({ after: cursor, wait: 1 });
      const waited = Date.now() - began;
      expectEqual(empty.events, [], 'events of a poll in which nothing happens');
      expectThat(waited >= 900 && waited < 6000, 'an answer after about 1 s', `${waited} ms`);
      const asked = Date.now();
      const poll = visitor.page({ after: empty.cursor, wait: 20 });
      const reply = await kit.account.reply(id, 'Halo.');
      const { events } = await poll;
      expectThat(
        events.some((event) => event.type === 'message' && event.message.id === reply.id),
        'the reply',
        events,
      );
      expectThat(Date.now() - asked < 5000, 'an answer at once', `${Date.now() - asked} ms`);
      const behind = await visitor.page({ after: cursor, wait: 20 });
      expectThat(behind.events.length > 0, 'at once what had happened before', behind);
    },
  ),
];
