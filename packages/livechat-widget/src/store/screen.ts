import type {
  OutboxFault,
  QueuedTurn,
  Author,
  FlowPin,
  FlowRun,
  Message,
  PublicEffect,
  Session,
} from '@alur/client';
import type { CompiledFlow } from '@alur/flow/run';
import type { Conversation } from './conversation.ts';

/** How far a visitor's message has come. */
export type Delivery = 'queued' | 'sending' | 'sent' | 'seen' | 'failed';

/** The buttons of a bot's message. */
export interface Choices {
  cardId: string;
  buttons: readonly { id: string; label: string }[];
  /** Whether the flow waits for this answer. */
  open: boolean;
  /** The button that was pressed, or whose label or number was typed. */
  chosen: string | null;
}

/** One message as it is shown. */
export interface ScreenMessage {
  /**
   * A visitor's message has its turn's id, a bot's `turnId.effectIndex`: the same before and after the host's
   * word.
   */
  id: string;
  sessionId: string;
  /** ISO 8601. */
  at: string;
  author: Author;
  text: string;
  imageUrl?: string | undefined;
  choices?: Choices;
  /** Only of the visitor's own messages. */
  delivery?: Delivery;
  fault?: OutboxFault | undefined;
  /** Its log number; 0 while the host has not said it. */
  seq: number;
}

/** What the screen shows. */
export interface Screen {
  messages: readonly ScreenMessage[];
  /** The session that the next turn belongs to, or null when it opens one. */
  session: Pick<Session, 'id' | 'flow'> | null;
  /** Where that session's run stands, pending turns included. */
  run: FlowRun | null;
  /** Whether the last session was resolved and nothing was written since. */
  resolved: boolean;
}

/** What runs a flow (`session/flow-engine.ts`). */
export type FlowEngine = typeof import('../session/flow-engine.ts');

/** The flows at hand. */
export interface Flows {
  /** The version that a new session takes; null when the inbox has no flow. */
  live: FlowPin | null;
  /** Null while the flow or the engine is loaded, and for a flow that only the host can run. */
  compiled(pin: FlowPin | null): CompiledFlow | null;
  /** Null until it is loaded. */
  engine: FlowEngine | null;
}

/**
 * What to show: the log; then turns that were answered; then pending turns with what the flow says to them.
 * The run is the host's last word plus `advance` over what is pending. Pure.
 */
export function screenOf(state: Conversation, flows: Flows): Screen {
  const told = new Map(state.messages.map(({ id, seq }) => [id, seq]));
  const messages: ScreenMessage[] = state.messages.map((message) => fromLog(message, state.readByAgents));
  const { engine } = flows;
  let { session, run }: { session: Session | null; run: FlowRun | null } = state;
  const add = (message: ScreenMessage) => void (told.has(message.id) || messages.push(message));

  for (const { turn, result } of state.answered) {
    const isBase = !told.has(turn.id);
    add({
      ...visitorMessage(turn, messages),
      sessionId: result.session.id,
      at: result.usedAt,
      delivery: 'sent',
    });
    botMessages(turn, result.effects, result.session.id, result.usedAt).forEach(add);
    if (isBase) ({ session, run } = result);
  }
  const answered = new Set(state.answered.map(({ turn }) => turn.id));
  let current: Screen['session'] = session?.status === 'open' ? session : null;
  for (const entry of state.pending) {
    if (entry.kind !== 'turn' || answered.has(entry.id)) continue;
    // The log tells a turn event by event: until it has come to the run, where the turn leads is still for us
    // to say.
    if ((told.get(entry.id) ?? Infinity) <= state.runAt) continue;
    const { turn, state: delivery, fault } = entry;
    const said = { ...visitorMessage(turn, messages), delivery, fault };
    if (delivery === 'failed') {
      // It never became part of a session; it stands with what was said last.
      add({ ...said, sessionId: messages.at(-1)?.sessionId ?? turn.session });
      continue;
    }
    const isPress = turn.input.kind === 'press';
    if (!current) {
      // Its session was resolved: there is nothing left to press (rule 10).
      if (isPress) continue;
      current = { id: turn.session, flow: turn.flow === undefined ? flows.live : turn.flow };
      run = null;
    }
    const flow = flows.compiled(current.flow);
    run ??= flow && engine && engine.startRun(flow, turn.facts);
    if (!flow || !engine || !run) {
      add(said);
      // Only the host knows where this leads; until it says so, nothing waits for a press.
      run = null;
      continue;
    }
    const step = engine.advance(flow, run, turn.input);
    run = step.run;
    // Only a press that is ignored has no effect at all (rule 6).
    if (isPress && step.effects.length === 0) continue;
    add(said);
    botMessages(turn, step.effects, turn.session, turn.input.at).forEach(add);
  }
  markChoices(messages, current ? run : null, engine);
  return { messages, session: current, run: current ? run : null, resolved: session !== null && !current };
}

function fromLog(message: Message, readByAgents: number): ScreenMessage {
  const { id, sessionId, at, author, text, imageUrl, seq, buttons, cardId } = message;
  return {
    id,
    sessionId,
    at,
    // The flow speaks before the host has told who it is called there; its bubbles must not change their
    // name.
    author: author.kind === 'bot' ? { kind: 'bot' } : author,
    text,
    imageUrl,
    seq,
    ...(buttons && cardId !== undefined && { choices: { cardId, buttons, open: false, chosen: null } }),
    ...(author.kind === 'visitor' && { delivery: seq <= readByAgents ? 'seen' : 'sent' }),
  };
}

function visitorMessage({ id, session, input }: QueuedTurn, before: readonly ScreenMessage[]): ScreenMessage {
  const common = { id, sessionId: session, at: input.at, author: { kind: 'visitor' as const }, seq: 0 };
  if (input.kind === 'message') return { ...common, text: input.text };
  const asked = before.findLast(({ choices }) => choices?.cardId === input.cardId);
  const pressed = asked?.choices?.buttons.find((button) => button.id === input.buttonId);
  return { ...common, text: pressed?.label ?? '' };
}

function botMessages(
  turn: QueuedTurn,
  effects: readonly PublicEffect[],
  sessionId: string,
  at: string,
): ScreenMessage[] {
  return effects.flatMap((effect, index): ScreenMessage[] => {
    if (effect.kind !== 'send-message' && effect.kind !== 'send-buttons') return [];
    const { cardId, text, imageUrl } = effect;
    const message = { id: `${turn.id}.${index}`, sessionId, at, author: { kind: 'bot' as const }, seq: 0 };
    const choices = effect.kind === 'send-buttons' && {
      choices: { cardId, buttons: effect.buttons, open: false, chosen: null },
    };
    return [{ ...message, text, imageUrl, ...choices }];
  });
}

/**
 * Opens the buttons that the run waits at, and marks in all others what was chosen: the visitor's next word.
 */
function markChoices(messages: ScreenMessage[], run: FlowRun | null, engine: FlowEngine | null) {
  let answer: ScreenMessage | null = null;
  let waitingAt = run?.status === 'waiting' ? run.waitingAt : null;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]!;
    if (message.author.kind === 'visitor' && message.delivery !== 'failed') answer = message;
    const { choices } = message;
    if (!choices) continue;
    const open = choices.cardId === waitingAt;
    if (open) waitingAt = null;
    messages[i] = {
      ...message,
      choices: { ...choices, open, chosen: open ? null : chosenOf(choices, answer, engine) },
    };
  }
}

function chosenOf(
  { buttons }: Choices,
  answer: ScreenMessage | null,
  engine: FlowEngine | null,
): string | null {
  if (!answer || !engine) return null;
  const labels = buttons.map(({ label }) => label);
  return buttons[engine.findAnswer(labels, answer.text)]?.id ?? null;
}
