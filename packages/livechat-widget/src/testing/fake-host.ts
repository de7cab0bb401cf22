import type {
  QueuedTurn,
  ConversationEvent,
  FlowPin,
  FlowRun,
  Message,
  PublicHandler,
  Session,
  TurnResult,
  VisitorConversation,
} from '@alur/client';
import { advance, startRun, type CompiledFlow } from '@alur/flow/run';

/** One conversation of a host, for tests of the widget's reaction to its results and events. */
export interface FakeHost {
  /** Accepts a turn and adds its events to the log. */
  take(turn: QueuedTurn): TurnResult;
  /** Replies as an agent. A waiting run is cancelled. */
  reply(text: string, agent?: { name: string; avatarUrl?: string }, imageUrl?: string): void;
  /** Sets the assignee; null removes it. */
  assign(handler: PublicHandler | null): void;
  /** Ends the session, as an agent does. */
  resolve(): void;
  /** Time of the next event, in milliseconds since 1970. */
  at: number;
  /** All events that the visitor may receive, in order. */
  readonly log: readonly ConversationEvent[];
  snapshot(): VisitorConversation;
  /** Number of unread messages in a snapshot. Default: 0. */
  unread: number;
}

/** Creates a host that runs `flow`, independent of the widget's claims. */
export function createFakeHost(flow: CompiledFlow, pin: FlowPin): FakeHost {
  const log: ConversationEvent[] = [];
  const messages: Message[] = [];
  /** Result of each turn, by turn id. */
  const answers = new Map<string, TurnResult>();
  let session: Session | null = null;
  let run: FlowRun | null = null;
  let handler: PublicHandler | null = null;

  type Part = ConversationEvent extends infer E
    ? E extends E
      ? Omit<E, 'seq' | 'cursor' | 'at' | 'sessionId'>
      : never
    : never;
  function write(part: Part) {
    host.at += 1_000;
    const seq = log.length + 1;
    const time = new Date(host.at).toISOString();
    const base = { seq, cursor: String(seq), at: time, sessionId: session!.id };
    const event = { ...base, ...part } as ConversationEvent;
    if (event.type === 'message') {
      event.message = { ...event.message, seq, sessionId: session!.id, at: time };
      messages.push(event.message);
    }
    log.push(event);
  }
  function say(message: Pick<Message, 'id' | 'author' | 'text'> & Partial<Message>) {
    write({ type: 'message', message: { seq: 0, sessionId: '', at: '', ...message } });
  }
  function setRun(next: FlowRun) {
    if (JSON.stringify(next) === JSON.stringify(run)) return;
    run = next;
    write({ type: 'run', run });
  }

  const host: FakeHost = {
    log,
    at: Date.parse('2026-02-03T04:05:06.000Z'),
    unread: 0,
    take(turn) {
      const { input } = turn;
      const known = answers.get(turn.id);
      // A repeated turn: returns the same result and does nothing.
      if (known) return { ...known, replayed: true };
      if (!session || (session.status === 'resolved' && input.kind === 'message')) {
        session = { id: turn.session, number: (session?.number ?? 0) + 1, status: 'open', flow: pin };
        run = startRun(turn.facts);
        write({ type: 'session', session });
      }
      const step = session.status === 'open' ? advance(flow, run!, input) : { run: run!, effects: [] };
      const asked = input.kind === 'press' && messages.findLast(({ cardId }) => cardId === input.cardId);
      const label =
        asked && asked.buttons?.find(({ id }) => id === (input as { buttonId: string }).buttonId)?.label;
      // An ignored press is stored as a turn and never becomes a message.
      if (input.kind === 'message' || step.effects.length > 0)
        say({
          id: turn.id,
          author: { kind: 'visitor' },
          text: input.kind === 'message' ? input.text : label || '',
          turnId: turn.id,
        });
      step.effects.forEach((effect, effectIndex) => {
        if (effect.kind !== 'send-message' && effect.kind !== 'send-buttons') return;
        const { cardId, text } = effect;
        const buttons = effect.kind === 'send-buttons' && { buttons: effect.buttons };
        const id = `${turn.id}.${effectIndex}`;
        say({
          id,
          author: { kind: 'bot', name: 'Shop' },
          text,
          cardId,
          turnId: turn.id,
          effectIndex,
          ...buttons,
        });
      });
      setRun(step.run);
      const { cursor } = log.at(-1)!;
      const answer: TurnResult = {
        turnId: turn.id,
        seq: answers.size + 1,
        replayed: false,
        verdict: 'equal',
        usedAt: new Date(host.at).toISOString(),
        session,
        run: run!,
        effects: step.effects as TurnResult['effects'],
        cursor,
      };
      answers.set(turn.id, answer);
      return answer;
    },
    reply(text, agent = { name: 'Budi' }, imageUrl) {
      if (!session) return;
      const author = { kind: 'agent', ...agent } as const;
      say({ id: `reply-${log.length}`, author, text, ...(imageUrl && { imageUrl }) });
      if (run?.status === 'waiting')
        setRun({ ...run, status: 'ended', waitingAt: null, endReason: 'cancelled' });
    },
    assign(next) {
      handler = next;
      write({ type: 'handler', handler });
    },
    resolve() {
      if (!session || session.status === 'resolved') return;
      session = { ...session, status: 'resolved' };
      write({ type: 'session', session });
    },
    snapshot: () => ({
      session,
      run,
      seq: answers.size,
      messages: [...messages],
      more: false,
      cursor: String(log.length),
      logSeq: log.length,
      unread: host.unread,
      handler,
      serverTime: new Date(host.at).toISOString(),
    }),
  };
  return host;
}
