import { createHash } from 'node:crypto';
import { ENGINE_REVISION, explain, packTrace, publicEffect, startRun, translate } from '@alur/flow';
import type { AuthorKinds, Card, Effect, Facts, FlowRun, TraceEntry, VisitorInput } from '@alur/flow';
import type { Attachment, FlowPin, PathEvent, Turn, TurnResult } from '@alur/protocol';
import { newId } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { applyEffects, askAi, assignDefault, type EffectsOf } from './apply-effects.ts';
import { attachmentsOf } from './attachments.ts';
import { append, fault, openSession, say, setRun } from './conversation-changes.ts';
import { beginChange, newConversation, type ConversationChange } from './conversation-state.ts';
import { cursorOf } from './cursor.ts';
import { readyFlow, type ReadyFlow } from './flow-cache.ts';
import { factsFor, visitorOf } from './facts.ts';
import { pinFor, type Inbox } from './inboxes.ts';
import type { Records, VisitorRow, VisitorScope } from './records.ts';
import { effectiveTime } from './effective-time.ts';
import { usedZoneOffsets } from './used-zones.ts';
import { canonical, compareClaim } from './compare-claim.ts';
import { contactOf, lockVisitor, noteContact, updateVisitorFacts } from './visitors.ts';
import { requireText } from './require-text.ts';

/** Turn, and the visitor who submits it. */
export interface SubmitTurn extends VisitorScope {
  turn: Turn;
}

/** Result of the engine for one input, or the reason why it could not run. */
interface Outcome {
  run: FlowRun;
  effects: Effect[];
  trace: TraceEntry[];
  broken?: string;
}

/**
 * Accepts one input of a visitor, exactly once: stores it, replays the flow on the host's own run, applies
 * the effects and returns the result. The widget's effects are only compared. Throws `id_reused`,
 * `invalid_request` (neither text nor file), `sequence_gap`, `unknown_reference` (a file that does not belong
 * to the visitor). No other error may cost the visitor the message.
 */
export async function submitTurn(
  records: Records,
  { visitorId, inboxId, turn }: SubmitTurn,
): Promise<TurnResult> {
  // Lock the visitor's row first. It serialises the turns of one visitor even before there is a conversation.
  const { visitor, inbox } = await lockVisitor(records, { visitorId, inboxId });
  const known = await records.lockVisitorConversation(visitorId);
  const input = { ...turn.input, id: turn.id };
  const inputHash = hashOfInput(input);

  if (known) {
    const replayed = await findReplay(records, known.state.id, turn.id, inputHash);
    if (replayed) return replayed;
  }
  if (input.kind === 'message' && !input.attachments?.length) requireText(input.text, '/input/text');
  const expected = (known?.state.turnSeq ?? 0) + 1;
  if (turn.seq > expected)
    throw new HostProblem(
      'sequence_gap',
      `This host waits for turn ${expected}, not ${turn.seq}. Number it again.`,
      {
        expected,
      },
    );

  const { now } = records;
  const attachments = await attachmentsOf(records, visitorId, input);
  const change =
    known ??
    beginChange(newConversation({ accountId: visitor.account_id, inboxId, visitorId }, now), now, true);
  const contact = contactOf(visitor);
  const usedAt = new Date(effectiveTime(now.getTime(), turn.input.at, turn.sentAt, contact));
  const timedInput = { ...input, at: usedAt.toISOString() };

  const facts = await updateVisitorFacts(records, visitor, turn.facts);
  const { outcome, ready, isForResolved } = await runTurn(records, change, {
    turn,
    input: timedInput,
    usedAt,
    facts,
    inbox,
  });
  change.state.turnSeq += 1;
  if (change.state.session.number === 0) throw new Error(`Turn ${turn.id} opened no session.`);

  await record(records, change, {
    turn,
    input: timedInput,
    outcome,
    ready,
    isForResolved,
    inbox,
    visitor,
    attachments,
  });
  const effects = outcome.effects.map(publicEffect);
  const flow = change.state.session.flow;
  const compared = compareClaim(turn, { effects, flow });
  append(change, {
    type: 'path',
    turnId: turn.id,
    flow,
    ...compared,
    trace: packTrace(outcome.trace) as PathEvent['trace'],
  });

  const result: TurnResult = {
    turnId: turn.id,
    seq: change.state.turnSeq,
    replayed: false,
    ...compared,
    usedAt: timedInput.at,
    session: { ...change.state.session },
    run: change.state.run,
    effects,
    cursor: cursorOf(change.state.epoch, change.state.head),
  };
  await records.saveConversation(change);
  if (attachments.length > 0)
    await records.shareAttachments(
      change.state.id,
      attachments.map(({ id }) => id),
    );
  await records.addTurn({
    conversationId: change.state.id,
    id: turn.id,
    seq: result.seq,
    sessionId: result.session.id,
    input: timedInput,
    inputHash,
    usedAt,
    effects: outcome.effects,
    engineRevision: ENGINE_REVISION,
    zoneOffsets:
      ready && typeof ready === 'object'
        ? usedZoneOffsets(outcome.trace, ready.zones, outcome.run.first?.at)
        : null,
    result,
  });
  await noteContact(records, visitorId, contact);
  return result;
}

interface TurnContext {
  turn: Turn;
  input: VisitorInput;
  usedAt: Date;
  facts: Facts;
  inbox: Inbox;
}

/** Finds the session of the input, opens one when necessary, and runs the engine on it. */
async function runTurn(
  records: Records,
  change: ConversationChange,
  { turn, input, usedAt, facts, inbox }: TurnContext,
) {
  const { state } = change;
  const kinds = records.kinds.author;
  const isNamed = turn.session === state.session.id;
  const isForResolved = isNamed
    ? state.session.status === 'resolved'
    : (await records.sessionNumber(state.id, turn.session)) !== null;
  // A press belongs to the session of its buttons. When that session is resolved, the press has no effect
  // (rule 10).
  const ignored: Outcome = { run: state.run, effects: [], trace: [] };
  if (isForResolved && input.kind === 'press') return { outcome: ignored, ready: null, isForResolved };

  if (state.session.status === 'resolved') {
    const flow = await pinFor(records, inbox.id, turn.flow, usedAt);
    const ready = flow && (await readyFlow(records, inbox.accountId, flow));
    const frozen = factsFor(facts, inbox);
    const run = startRun(frozen);
    openSession(change, { id: isForResolved ? newId('ses') : turn.session, flow, run });
    return { outcome: evaluate(ready, run, input, kinds), ready, isForResolved };
  }
  const { flow } = state.session;
  const ready = flow && (await readyFlow(records, inbox.accountId, flow));
  return { outcome: evaluate(ready, state.run, input, kinds), ready, isForResolved };
}

/** Runs the engine. Without a flow that can run, a message goes to the inbox's default at once (rule 13). */
function evaluate(
  ready: ReadyFlow | string | null,
  run: FlowRun,
  input: VisitorInput,
  kinds: AuthorKinds,
): Outcome {
  if (ready && typeof ready === 'object') return explain(ready.compiled, run, input, { kinds });
  if (run.status === 'ended' || input.kind === 'press') return { run, effects: [], trace: [] };
  const first = run.first ?? { id: input.id, at: input.at, text: input.text };
  return {
    run: { ...run, status: 'ended', waitingAt: null, first, endReason: 'unfinished' },
    effects: [],
    trace: [],
    ...(ready !== null && { broken: ready }),
  };
}

/** Adds the input and its consequences to the conversation change. */
async function record(
  records: Records,
  change: ConversationChange,
  of: Pick<TurnContext, 'turn' | 'input' | 'inbox'> & {
    outcome: Outcome;
    ready: ReadyFlow | string | null;
    isForResolved: boolean;
    visitor: VisitorRow;
    attachments: Attachment[];
  },
): Promise<void> {
  const { turn, input, inbox, outcome, ready } = of;
  const { state } = change;
  const before = state.run;
  const hasEffect = canonical(outcome.run) !== canonical(before) || outcome.effects.length > 0;
  const text = textOf(input, ready, state.run.facts);
  const isStaleOffer = input.kind === 'press' && before.status === 'ended' && state.offered === input.cardId;
  // A press that no run waits for is stored only with its turn. A press that came after an agent's reply
  // still becomes a message.
  const isMessage =
    input.kind === 'message' || (text !== null && !of.isForResolved && (hasEffect || isStaleOffer));
  if (isMessage) {
    const { name } = visitorOf(of.visitor, state.run.facts.visitor ?? {});
    say(change, {
      id: turn.id,
      at: input.at,
      author: { kind: 'visitor', ...(name !== undefined && { name }) },
      text: text ?? '',
      turnId: turn.id,
      ...(of.attachments.length > 0 && { attachments: of.attachments }),
      ...(input.kind === 'press' && { pressed: { cardId: input.cardId, buttonId: input.buttonId } }),
    });
    if (hasEffect || isStaleOffer) state.offered = null;
  }
  const effectsOf: EffectsOf = {
    turnId: turn.id,
    messageId: turn.id,
    inbox,
    visitor: of.visitor,
    handlers: records.kinds.effects,
    cardOf: (cardId) => cardOf(ready, cardId),
  };
  if (outcome.broken !== undefined) fault(change, 'flow_broken', `The flow cannot run: ${outcome.broken}`);
  // The log contains the run of each session from its beginning, also when an ignored press opened the
  // session.
  const isOpening = change.sessions.length > 0;
  if (isOpening || canonical(outcome.run) !== canonical(before)) setRun(change, outcome.run, turn.id);
  await applyEffects(records, change, outcome.effects, effectsOf);
  const hasJustEnded = before.status !== 'ended' && outcome.run.status === 'ended';
  if (hasJustEnded && outcome.effects.length === 0) await assignDefault(records, change, effectsOf);
  // After the end of the flow, an AI agent that is the assignee answers every message until it hands over.
  if (isMessage && before.status === 'ended' && state.handler?.kind === 'ai')
    askAi(change, state.handler.id, turn.id, 'handler');
}

/** Returns the text of an input. For a press, returns the label of the button as it was offered. */
function textOf(input: VisitorInput, ready: ReadyFlow | string | null, { visitor }: Facts): string | null {
  if (input.kind === 'message') return input.text;
  const card = cardOf(ready, input.cardId);
  const button = cardOf(ready, input.buttonId);
  if (!card?.next.includes(input.buttonId) || button?.kind !== 'button') return null;
  return translate(button.label, button.labels, visitor?.language);
}

/**
 * Returns a card of the document itself. Ids come from visitors: "constructor" must not match an inherited
 * property.
 */
function cardOf(ready: ReadyFlow | string | null, id: string): Card | undefined {
  if (!ready || typeof ready === 'string' || !Object.hasOwn(ready.flow.cards, id)) return undefined;
  return ready.flow.cards[id];
}

/**
 * Returns the stored result when this turn was accepted before. Throws `id_reused` when the id belongs to
 * another input.
 */
async function findReplay(
  records: Records,
  conversationId: string,
  id: string,
  inputHash: string,
): Promise<TurnResult | null> {
  const { turn, isMessage } = await records.findInput(conversationId, id);
  if (turn?.inputHash === inputHash) return { ...turn.result, replayed: true };
  if (turn || isMessage)
    throw new HostProblem(
      'id_reused',
      `"${id}" already stands for another input. Send this one under a new id.`,
    );
  return null;
}

/**
 * Returns a hash of what identifies an input: kind, text, card, button and attachments. Time and number may
 * change on a retry.
 */
function hashOfInput(input: VisitorInput): string {
  const identity =
    input.kind === 'message'
      ? { kind: input.kind, text: input.text, attachments: (input.attachments ?? []).map(({ id }) => id) }
      : { kind: input.kind, cardId: input.cardId, buttonId: input.buttonId };
  return createHash('sha256').update(canonical(identity)).digest('base64url');
}

export type { FlowPin };
