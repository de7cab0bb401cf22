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

/** Delivery state of a visitor's message. */
export type Delivery = 'queued' | 'sending' | 'sent' | 'seen' | 'failed';

/** Buttons of a message from the flow. */
export interface Choices {
  cardId: string;
  buttons: readonly { id: string; label: string }[];
  /** Whether the flow waits for this answer. */
  open: boolean;
  /** The button that was pressed, or whose label or number was typed. */
  chosen: string | null;
}

/** One message of the screen. */
export interface ScreenMessage {
  /**
   * Id of the turn for a visitor's message, `turnId.effectIndex` for a message of the flow. Does not change
   * when the host confirms the message.
   */
  id: string;
  sessionId: string;
  /** ISO 8601. */
  at: string;
  author: Author;
  text: string;
  imageUrl?: string | undefined;
  choices?: Choices;
  /** Delivery state of the visitor's own messages. */
  delivery?: Delivery;
  fault?: OutboxFault | undefined;
  /** Log number; 0 until the log contains the message. */
  seq: number;
}

/** Content of the screen. */
export interface Screen {
  messages: readonly ScreenMessage[];
  /** The session of the next turn, or null when that turn opens one. */
  session: Pick<Session, 'id' | 'flow'> | null;
  /** State of that session's run, pending turns included. */
  run: FlowRun | null;
  /** Whether the last session was resolved and nothing was written since. */
  resolved: boolean;
}

/** The flow engine (`session/flow-engine.ts`). */
export type FlowEngine = typeof import('../session/flow-engine.ts');

/** Flows that are loaded. */
export interface Flows {
  /** Version that a new session runs; null when the inbox has no flow. */
  live: FlowPin | null;
  /** Returns null while the flow or the engine is loaded, and for a flow that only the host can run. */
  compiled(pin: FlowPin | null): CompiledFlow | null;
  /** The flow engine; null until it is loaded. */
  engine: FlowEngine | null;
}

/**
 * Computes the screen: the log, then accepted turns, then pending turns with the effects of the flow. The run
 * is the host's last state plus `advance` over the pending turns. Pure.
 */
export function screenOf(state: Conversation, flows: Flows): Screen {
  const logSeqs = new Map(state.messages.map(({ id, seq }) => [id, seq]));
  const messages: ScreenMessage[] = state.messages.map((message) => fromLog(message, state.readByAgents));
  const { engine } = flows;
  let { session, run }: { session: Session | null; run: FlowRun | null } = state;
  const add = (message: ScreenMessage) => void (logSeqs.has(message.id) || messages.push(message));

  for (const { turn, result } of state.answered) {
    const isBase = !logSeqs.has(turn.id);
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
    // The log contains a turn as several events. Until it contains the run, the effects are computed here.
    if ((logSeqs.get(entry.id) ?? Infinity) <= state.runAt) continue;
    const { turn, state: delivery, fault } = entry;
    const shown = { ...visitorMessage(turn, messages), delivery, fault };
    if (delivery === 'failed') {
      // A failed message is not part of a session. Show it with the last one.
      add({ ...shown, sessionId: messages.at(-1)?.sessionId ?? turn.session });
      continue;
    }
    const isPress = turn.input.kind === 'press';
    if (!current) {
      // Its session was resolved: there is no button to press (rule 10).
      if (isPress) continue;
      current = { id: turn.session, flow: turn.flow === undefined ? flows.live : turn.flow };
      run = null;
    }
    const flow = flows.compiled(current.flow);
    run ??= flow && engine && engine.startRun(turn.facts);
    if (!flow || !engine || !run) {
      add(shown);
      // Only the host knows the next step. Until then, no button is enabled.
      run = null;
      continue;
    }
    const step = engine.advance(flow, run, turn.input);
    run = step.run;
    // Only an ignored press has no effect at all (rule 6).
    if (isPress && step.effects.length === 0) continue;
    add(shown);
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
    // Messages of the flow are shown before the host sends its name. The name of a message must not change,
    // so it is left out.
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
 * Enables the buttons that the run waits at. Marks the chosen button of all others by the next message of the
 * visitor.
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
