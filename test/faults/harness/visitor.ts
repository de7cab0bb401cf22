/**
 * A visitor with the shipped client that records its messages, their acknowledgements and the events of the
 * feed. {@link TestVisitor.check} compares the host and the screen with these records, whatever the network
 * did.
 *
 * @module
 */
import assert from 'node:assert/strict';
import {
  createVisitorClient,
  uniqueId,
  type ConversationEvent,
  type Message,
  type OutboxEntry,
  type QueuedTurn,
  type Runtime,
  type TurnResult,
  type VisitorClient,
  type VisitorSignal,
  type VisitorStorage,
} from '@alur/client';
import { createMemoryStorage } from '@alur/client/internal';
import { createHostView, type HostView } from './host-view.ts';
import { INBOX } from './workspace.ts';
import { until } from '@alur/tooling/testing';

export interface VisitorSetup {
  /** URL of the host for the client: the proxy. */
  via: string;
  /** URL of the host itself, to read what it has. */
  host: string;
  /** Default: the inbox of most rows. */
  inboxId?: string;
  /** Speed of the client's clock relative to real time, so that waits of minutes take seconds. Default: 1. */
  haste?: number;
  /** Returns the error of the client's clock in milliseconds. May change. */
  clockError?: () => number;
  /** Storage of an earlier page of this visitor. */
  storage?: VisitorStorage;
}

/** An input of the visitor. */
export interface Said {
  id: string;
  text: string;
}

export interface TestVisitor extends HostView {
  readonly client: VisitorClient;
  /** The newest access token. */
  token(): string;
  readonly storage: VisitorStorage;
  readonly said: readonly Said[];
  /** Results by turn, in order of arrival. */
  readonly answers: readonly { turn: QueuedTurn; result: TurnResult }[];
  /** The outbox in its last signal. */
  readonly outbox: readonly OutboxEntry[];
  /** Messages on a screen that applies every signal without checks. */
  readonly screen: readonly Message[];
  /** Events in order of arrival. */
  readonly events: readonly ConversationEvent[];
  readonly snapshots: number;
  readonly faults: number;
  readonly isOnline: boolean;
  /** When the connection last became online, on the clock of `performance.now()`. */
  readonly onlineAt: number;
  say(text: string, change?: Partial<QueuedTurn>): Promise<string>;
  press(cardId: string, buttonId: string): Promise<string>;
  /** Waits until every entry that can be sent was accepted; at most `ms` milliseconds of real time. */
  drained(ms?: number): Promise<void>;
  /** Waits until the screen shows all messages of the host. */
  caughtUp(ms?: number): Promise<void>;
  /** Compares inputs in the order of their acknowledgement, because some were retried later on purpose. */
  inOrderOfAnswers(): void;
  /**
   * Checks the universal invariants when nothing is pending. `except`: inputs that were set aside and must be
   * missing.
   */
  check(except?: readonly string[]): Promise<void>;
  /** Closes the client and checks that no resource is left. */
  close(): Promise<void>;
}

/** Returns the shipped runtime with a faster clock and a count of its pending timers. */
function createFasterRuntime(haste: number, clockError: () => number) {
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

/** Creates a visitor and connects it. */
export function createTestVisitor(setup: VisitorSetup): TestVisitor {
  const {
    via,
    host,
    inboxId = INBOX,
    haste = 1,
    clockError = () => 0,
    storage = createMemoryStorage(),
  } = setup;
  const { runtime, timers, token } = createFasterRuntime(haste, clockError);
  visitors += 1;
  const client = createVisitorClient({
    host: via,
    inboxId,
    runtime,
    storage: async () => storage,
    // Each visitor has a browser of its own: names of locks and channels contain this.
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
      // Applied without checks, so that a repeat or a gap is visible.
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

  const { hostView, hostMessages } = createHostView(host, inboxId, token);
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
      // The host can send more messages: compare with its current state each time.
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
