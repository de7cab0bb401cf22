/**
 * Streams: hello, replay, live. A stream resumes where it broke off, and nothing is lost between snapshot and
 * stream.
 */
import type { ConversationEvent, LiveHint, StreamHello, TypingSignal } from '@alur/protocol';
import { check } from '../kit/check.ts';
import { expectEqual, expectProblem, expectThat, NotRun } from '../kit/expect.ts';
import { openStream, type Frame, type Stream } from '../kit/stream.ts';
import { atDesk } from './turns.ts';

const eventsIn = (stream: Stream): ConversationEvent[] =>
  stream.frames.flatMap(({ event, body }) => (event === 'event' ? [body as ConversationEvent] : []));

const numbers = (events: ConversationEvent[]): number[] => events.map(({ seq }) => seq);

const says =
  (text: string) =>
  (frame: Frame): boolean => {
    const body = frame.body as ConversationEvent | undefined;
    return frame.event === 'event' && body?.type === 'message' && body.message.text === text;
  };

const isHello = ({ event }: Frame): boolean => event === 'hello';

export const streamChecks = [
  check(
    'streams/hello',
    'streamVisitorEvents',
    'a stream begins with hello and is not cached',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { cursor } = await visitor.snapshot();
      const stream = await visitor.stream({ after: cursor });
      try {
        const type = stream.headers.get('content-type') ?? '';
        expectEqual(
          [stream.status, type.split(';')[0]],
          [200, 'text/event-stream'],
          'status and content type',
        );
        await stream.until(isHello, 'hello');
        const hello = stream.frames.find(({ event }) => event !== ':')!;
        expectEqual(hello.event, 'hello', 'the first frame');
        expectEqual(kit.host.contract.schemaErrors('StreamHello', hello.body), [], 'StreamHello');
        const { heartbeatSeconds } = hello.body as StreamHello;
        expectThat(
          heartbeatSeconds >= 1 && heartbeatSeconds <= 30,
          'heartbeatSeconds between 1 and 30',
          heartbeatSeconds,
        );
        const cache = stream.headers.get('cache-control') ?? '';
        expectThat(/no-store|no-cache/.test(cache), 'Cache-Control: no-store or no-cache', cache);
      } finally {
        stream.close();
      }
    },
  ),
  check(
    'streams/replay',
    'streamVisitorEvents',
    'what stands after the cursor is replayed, then it goes on live',
    async (kit) => {
      const visitor = await atDesk(kit);
      const first = await visitor.say('halo');
      await visitor.press('ask', 'other');
      const { id } = await kit.account.conversationOf(visitor.id);
      const stream = await visitor.stream({ after: first.cursor });
      try {
        await stream.until(isHello, 'hello');
        await kit.account.reply(id, 'langsung');
        await stream.until(says('langsung'), 'the live message');
        const wanted = await visitor.events(first.cursor);
        await stream.until(() => eventsIn(stream).length >= wanted.length, 'every event');
        expectEqual(eventsIn(stream), wanted, 'events: those of catching up');
        for (const frame of stream.frames) {
          if (frame.event !== 'event') continue;
          expectEqual(frame.id, (frame.body as ConversationEvent).cursor, "a frame's id is its cursor");
          expectEqual(kit.host.contract.schemaErrors('Event', frame.body), [], 'Event');
        }
        const whole = await visitor.stream();
        try {
          const all = await visitor.events();
          await whole.until(() => eventsIn(whole).length >= all.length, 'every event from the beginning');
          expectEqual(numbers(eventsIn(whole)), numbers(all), 'seq of a stream without a cursor');
        } finally {
          whole.close();
        }
      } finally {
        stream.close();
      }
    },
  ),
  check(
    'streams/last-event-id',
    'Last-Event-ID',
    'a stream resumes after Last-Event-ID: nothing lost, nothing twice',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { id } = await kit.account.conversationOf(visitor.id);
      const got: number[] = [];
      let last = '';
      for (let round = 0; round < 6; round++) {
        const stream = await visitor.stream({}, last ? { 'last-event-id': last } : {});
        await kit.account.reply(id, `putaran ${round}`);
        await stream.until(says(`putaran ${round}`), `message ${round}`);
        stream.close();
        const frames = stream.frames.filter(({ event }) => event === 'event');
        got.push(...frames.map(({ body }) => (body as ConversationEvent).seq));
        last = frames.at(-1)!.id!;
        // This happens while no stream is open.
        await kit.account.reply(id, `sela ${round}`);
      }
      const rest = await visitor.events(last);
      expectEqual([...got, ...numbers(rest)], numbers(await visitor.events()), 'seq over six streams');
    },
  ),
  check(
    'streams/after-and-header',
    'Last-Event-ID',
    'where both are given, Last-Event-ID is the newer word',
    async (kit) => {
      const visitor = await atDesk(kit);
      const first = await visitor.say('halo');
      const second = await visitor.press('ask', 'other');
      const stream = await visitor.stream({ after: first.cursor }, { 'last-event-id': second.cursor });
      try {
        await visitor.say('lagi');
        await stream.until(says('lagi'), 'the live message');
        // The events of one turn can arrive in several chunks.
        const wanted = numbers(await visitor.events(second.cursor));
        await stream.until(() => eventsIn(stream).length >= wanted.length, 'the other events of its turn');
        expectEqual(numbers(eventsIn(stream)), wanted, 'seq');
      } finally {
        stream.close();
      }
    },
  ),
  check(
    'streams/no-gap',
    'getVisitorConversation',
    'nothing falls between a snapshot and the stream from its cursor',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { id } = await kit.account.conversationOf(visitor.id);
      const writing = new AbortController();
      const writer = (async () => {
        for (let index = 0; !writing.signal.aborted; index++) await kit.account.reply(id, `terus ${index}`);
      })();
      const streams: { stream: Stream; known: number[] }[] = [];
      try {
        for (let round = 0; round < 12; round++) {
          const snapshot = await visitor.snapshot({ limit: 200 });
          const stream = await visitor.stream({ after: snapshot.cursor });
          streams.push({ stream, known: snapshot.messages.map(({ seq }) => seq) });
          await stream.until(isHello, 'hello');
          await stream.until(() => eventsIn(stream).length > 2, 'live events');
          // A host can limit the number of open streams.
          if (streams.length > 3) streams.at(-4)!.stream.close();
        }
        writing.abort();
        await writer;
        const all = (await visitor.events()).flatMap((event) =>
          event.type === 'message' ? [event.seq] : [],
        );
        for (const { stream, known } of streams) {
          const live = eventsIn(stream).flatMap((event) => (event.type === 'message' ? [event.seq] : []));
          // A snapshot has at most the newest 200 messages, and a closed stream ends early.
          const both = [...known, ...live];
          const from = all.indexOf(both[0]!);
          expectEqual(both, all.slice(from, from + both.length), 'seq of snapshot and stream together');
        }
      } finally {
        writing.abort();
        await writer.catch(() => undefined);
        for (const { stream } of streams) stream.close();
      }
    },
  ),
  check(
    'streams/auth',
    'streamVisitorEvents',
    'a stream without a good token is a 401 problem',
    async (kit) => {
      const visitor = await atDesk(kit);
      const path = { inboxId: visitor.inboxId };
      for (const token of [null, 'wrong', kit.options.token])
        expectProblem(
          await kit.host.call('streamVisitorEvents', { path, token }),
          401,
          'unauthenticated',
          'a stream',
        );
      for (const token of [null, 'wrong', visitor.tokens.token])
        expectProblem(
          await kit.host.call('streamAccountHints', { token }),
          401,
          'unauthenticated',
          'the account stream',
        );
    },
  ),
  check('streams/reset', 'streamVisitorEvents', 'an unknown cursor is answered with reset', async (kit) => {
    const visitor = await atDesk(kit);
    await visitor.say('halo');
    for (const stream of [
      await visitor.stream({ after: 'nonsense.999999' }),
      await visitor.stream({}, { 'last-event-id': 'nonsense.999999' }),
    ])
      try {
        await stream.until(({ event }) => event === 'reset', 'reset');
      } finally {
        stream.close();
      }
  }),
  check(
    'streams/before-first',
    'streamVisitorEvents',
    'a stream opened before the first turn carries it',
    async (kit) => {
      const visitor = await atDesk(kit);
      const { cursor } = await visitor.snapshot();
      const stream = await visitor.stream({ after: cursor });
      try {
        await stream.until(isHello, 'hello');
        await visitor.say('pertama');
        await stream.until(says('pertama'), 'the first message');
        expectEqual(
          numbers(eventsIn(stream)).length,
          new Set(numbers(eventsIn(stream))).size,
          'events, each once',
        );
      } finally {
        stream.close();
      }
    },
  ),
  check('streams/typing', 'TypingSignal', 'typing is passed on, and kept nowhere', async (kit) => {
    const visitor = await atDesk(kit);
    await visitor.say('halo');
    const { id, seq } = await kit.account.conversationOf(visitor.id);
    const stream = await visitor.stream();
    const operation = kit.host.operation('streamAccountHints');
    const account = await openStream(kit.host, kit.host.pathOf(operation, {}), { token: kit.options.token });
    try {
      await stream.until(isHello, 'hello');
      await account.until(isHello, "hello of the account's stream");
      await kit.host.call('sendAgentTyping', { path: { conversationId: id } });
      const shown = await stream.until(({ event }) => event === 'typing', 'typing');
      expectEqual(kit.host.contract.schemaErrors('TypingSignal', shown.body), [], 'TypingSignal');
      expectEqual((shown.body as { by: string }).by, 'agent', 'by');
      expectThat(!shown.data.includes(id), 'no conversation id for the visitor', shown.data);
      await visitor.call('sendVisitorTyping');
      const typed = await account.until(({ event, body }) => {
        const signal = body as TypingSignal;
        return event === 'typing' && signal.conversationId === id && signal.by === 'visitor';
      }, "the visitor's typing on the account's stream");
      expectEqual(kit.host.contract.schemaErrors('TypingSignal', typed.body), [], 'TypingSignal');
      expectEqual((await kit.account.conversation(id)).seq, seq, 'seq: nothing was logged');
    } finally {
      stream.close();
      account.close();
    }
  }),
  check('streams/hints', 'streamAccountHints', "the account's stream hints at what changed", async (kit) => {
    const operation = kit.host.operation('streamAccountHints');
    const stream = await openStream(kit.host, kit.host.pathOf(operation, {}), { token: kit.options.token });
    try {
      await stream.until(isHello, 'hello');
      const visitor = await atDesk(kit);
      await visitor.say('halo');
      const { id, seq } = await kit.account.conversationOf(visitor.id);
      const hint = await stream.until(
        ({ event, body }) =>
          event === 'hint' && (body as LiveHint).conversationId === id && (body as LiveHint).seq >= seq,
        'a hint at the conversation',
      );
      expectEqual(kit.host.contract.schemaErrors('LiveHint', hint.body), [], 'LiveHint');
      expectThat(
        !stream.frames.some(({ data }) => data.includes('halo')),
        'hints without content',
        hint.data,
      );
    } finally {
      stream.close();
    }
  }),
  check('streams/heartbeat', 'streamVisitorEvents', 'a comment keeps an idle stream warm', async (kit) => {
    const visitor = await atDesk(kit);
    await visitor.say('halo');
    const stream = await visitor.stream();
    try {
      const hello = await stream.until(isHello, 'hello');
      const seconds = (hello.body as StreamHello).heartbeatSeconds;
      if (kit.options.slow === false && seconds > 2) throw new NotRun(`takes ${seconds} s`);
      await stream.until(({ event }) => event === ':', 'a comment', seconds * 1000 + 3000);
    } finally {
      stream.close();
    }
  }),
];
