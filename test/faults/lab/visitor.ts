/**
 * A visitor with the shipped client, who keeps count: what was said, what was acknowledged, what the feed
 * told. Whatever the network did, {@link TestVisitor.check} then holds the host and the screen against it.
 *
 * @module
 */
import assert from 'node:assert/strict';
import {
  createMemoryStorage,
  createVisitorClient,
  uniqueId,
  type ConversationEvent,
  type Message,
  type OutboxEntry,
  type QueuedTurn,
  type Runtime,
  type TurnResult,
  type VisitorClient,
  type VisitorConversation,
  type VisitorSignal,
  type VisitorStorage,
} from '@alur/client';
import { INBOX } from './workspace.ts';
import { until } from './until.ts';

export interface VisitorSetup {
  /** Where the client believes the host to be: the proxy. */
  via: string;
  /** Where the host is, to look at what it has. */
  host: string;
  /** Default: the inbox of most rows. */
  inboxId?: string;
  /** How many times as fast the client's clock runs: waits of minutes are over in seconds. Default: 1. */
  haste?: number;
  /** The client's clock is off by this many milliseconds; may change. */
  clockError?: () => number;
  /** What an earlier page of this visitor left behind. */
  storage?: VisitorStorage;
}

/** Something that a visitor did. */
export interface Said {
  id: string;
  text: string;
}

export interface TestVisitor {
  readonly client: VisitorClient;
  /** The newest access token. */
  token(): string;
  readonly storage: VisitorStorage;
  readonly said: readonly Said[];
  /** Answers by turn, in the order in which they came. */
  readonly answers: readonly { turn: QueuedTurn; result: TurnResult }[];
  /** The outbox as the client told it last. */
  readonly outbox: readonly OutboxEntry[];
  /** Messages as a screen would show them that believes every signal. */
  readonly screen: readonly Message[];
  /** Events, in the order in which they came. */
  readonly events: readonly ConversationEvent[];
  readonly snapshots: number;
  readonly faults: number;
  readonly isOnline: boolean;
  /** When the line stood last, on the clock of `performance.now()`. */
  readonly onlineAt: number;
  say(text: string, change?: Partial<QueuedTurn>): Promise<string>;
  press(cardId: string, buttonId: string): Promise<string>;
  /** Waits until everything that can be sent was taken; `ms` of real time. */
  drained(ms?: number): Promise<void>;
  /** Waits until the screen shows what the host has. */
  caughtUp(ms?: number): Promise<void>;
  /** Every message that the host shows this visitor. */
  hostMessages(): Promise<Message[]>;
  /** The conversation as the host tells it to this visitor. */
  hostView(query?: string): Promise<VisitorConversation>;
  /**
   * What was said counts in the order in which it was acknowledged: some of it was tried again later on
   * purpose.
   */
  inOrderOfAnswers(): void;
  /** The universal invariants, at rest. `except`: what was set aside and must not be there. */
  check(except?: readonly string[]): Promise<void>;
  /** Closes the client; nothing of it may be left. */
  close(): Promise<void>;
}

/** A runtime of the shipped kind on a faster clock, which knows how many timers wait. */
function hastyRuntime(haste: number, clockError: () => number) {
  const began = Date.now();
  let timers = 0;
  let token = '';
  const runtime: Runtime = {
    fetch(input, init) {
      const bearer = new Headers(init?.headers).get('Authorization');
      if (bearer) token = bearer.slice('Bearer '.length);
      return fetch(input, init);
    },
    now: () => began + (Date.now() - began) * haste + clockError(),
    random: () => Math.random(),
    newId: () => uniqueId(),
    after(ms, action) {
      let waits = true;
      timers += 1;
      const over = () => {
        if (waits) timers -= 1;
        waits = false;
      };
      const timer = setTimeout(() => {
        over();
        action();
      }, ms / haste);
      return () => {
        over();
        clearTimeout(timer);
      };
    },
  };
  return { runtime, timers: () => timers, token: () => token };
}

let visitors = 0;

/** Makes a visitor and connects. */
export function createTestVisitor(setup: VisitorSetup): TestVisitor {
  const {
    via,
    host,
    inboxId = INBOX,
    haste = 1,
    clockError = () => 0,
    storage = createMemoryStorage(),
  } = setup;
  const { runtime, timers, token } = hastyRuntime(haste, clockError);
  visitors += 1;
  const client = createVisitorClient({
    host: via,
    inboxId,
    runtime,
    storage: async () => storage,
    // Each is alone at a browser: names of locks and channels are made of this.
    who: `visitor ${visitors}`,
  });
  const said: Said[] = [];
  const answers: { turn: QueuedTurn; result: TurnResult }[] = [];
  const events: ConversationEvent[] = [];
  let outbox: readonly OutboxEntry[] = [];
  let screen: Message[] = [];
  let session: string | null = null;
  let snapshots = 0;
  let faults = 0;
  let isOnline = false;
  let onlineAt = 0;

  const stop = client.subscribe((signal: VisitorSignal) => {
    if (signal.kind === 'answered') {
      answers.push(signal);
      session = signal.result.session.id;
    } else if (signal.kind === 'outbox') outbox = signal.entries;
    else if (signal.kind === 'fault') faults += 1;
    else if (signal.kind === 'connection') {
      isOnline = signal.connection.status === 'online';
      if (isOnline) onlineAt = performance.now();
    } else if (signal.kind === 'snapshot') {
      snapshots += 1;
      screen = [...signal.conversation.messages];
    } else if (signal.kind === 'event') {
      events.push(signal.event);
      // Believed as it comes: a repeat or a gap must show.
      if (signal.event.type === 'message') screen = [...screen, signal.event.message];
    }
  });
  client.connect();

  async function submit(input: QueuedTurn['input'], text: string, change: Partial<QueuedTurn>) {
    said.push({ id: input.id, text });
    await client.submit({ id: input.id, session: session ?? uniqueId(), input, ...change });
    return input.id;
  }
  const at = () => new Date(client.hostNow()).toISOString();

  async function hostView(query = 'limit=200'): Promise<VisitorConversation> {
    await until(token, 'it was a visitor');
    const url = `${host}/v1/widget/${inboxId}/conversation?${query}`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token()}` } });
    assert.equal(response.status, 200, `the host shows its conversation: ${url}`);
    return (await response.json()) as VisitorConversation;
  }
  async function hostMessages(): Promise<Message[]> {
    let view = await hostView();
    let messages = view.messages;
    while (view.more) {
      view = await hostView(`limit=200&before=${messages[0]!.seq}`);
      messages = [...view.messages, ...messages];
    }
    return messages;
  }
  const isDone = () => outbox.every(({ state }) => state === 'failed');

  const visitor: TestVisitor = {
    client,
    token,
    storage,
    said,
    answers,
    events,
    get outbox() {
      return outbox;
    },
    get screen() {
      return screen;
    },
    get snapshots() {
      return snapshots;
    },
    get faults() {
      return faults;
    },
    get isOnline() {
      return isOnline;
    },
    get onlineAt() {
      return onlineAt;
    },
    say(text, change = {}) {
      const id = uniqueId();
      return submit({ kind: 'message', id, at: at(), text }, text, change);
    },
    press(cardId, buttonId) {
      const id = uniqueId();
      return submit({ kind: 'press', id, at: at(), cardId, buttonId }, buttonId, {});
    },
    drained: async (ms = 60_000) => void (await until(isDone, 'everything was sent', ms)),
    async caughtUp(ms = 30_000) {
      // The host may go on talking: its last word counts each time.
      await until(
        async () => (await hostView('limit=1')).messages.at(-1)?.id === screen.at(-1)?.id,
        'the screen showed the host’s last message',
        ms,
      );
    },
    hostMessages,
    hostView,
    inOrderOfAnswers() {
      const place = new Map(answers.map(({ turn }, index) => [turn.id, index]));
      said.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
    },
    async check(except = []) {
      await visitor.drained();
      const expected = said.filter(({ id }) => !except.includes(id));
      const acknowledged = answers.map(({ turn }) => turn.id);
      assert.deepEqual(
        acknowledged,
        expected.map(({ id }) => id),
        'every turn is acknowledged once, in order',
      );
      const there = await hostMessages();
      const own = there.filter(({ author }) => author.kind === 'visitor');
      const messages = expected.filter((one) => !answerOf(one.id)?.isPress);
      assert.deepEqual(
        own.filter(({ pressed }) => !pressed).map(({ id, text }) => ({ id, text })),
        messages,
        'the host has every message once, in the visitor’s order',
      );
      const claimed = answers.flatMap(({ turn, result }) =>
        result.effects.flatMap(({ kind }, index) =>
          kind === 'send-message' || kind === 'send-buttons' ? [`${turn.id}.${index}`] : [],
        ),
      );
      assert.deepEqual(
        there.filter(({ author }) => author.kind === 'bot').map(({ id }) => id),
        claimed,
        'everything that the flow said stands in the log once',
      );
      await visitor.caughtUp();
      assert.deepEqual(
        screen.map(({ id, seq }) => `${seq} ${id}`),
        there.slice(there.length - screen.length).map(({ id, seq }) => `${seq} ${id}`),
        'the screen shows what the host has, without a gap and without a repeat',
      );
    },
    async close() {
      stop();
      client.close();
      await until(() => timers() === 0, 'no timer of the client was left', 5_000);
    },
  };
  function answerOf(id: string) {
    const answer = answers.find(({ turn }) => turn.id === id);
    return answer && { isPress: answer.turn.input.kind === 'press' };
  }
  return visitor;
}
