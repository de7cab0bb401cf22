/**
 * Every change of a conversation, as functions on a `Draft`. Each function updates the state and appends the
 * events of the change. None of them reads or writes a database. A change without effect appends nothing.
 *
 * @module
 */
import type { FlowRun } from '@alur/flow';
import type {
  Collaborators,
  ConversationEvent,
  ConversationStatus,
  FlowPin,
  Message,
  Rating,
} from '@alur/protocol';
import { cursorOf } from './cursor.ts';
import type { Draft, EventBody, StoredHandler } from './conversation-state.ts';

/**
 * Appends an event with the next sequence number. It belongs to the current session unless `sessionId` is
 * given.
 */
export function append(draft: Draft, body: EventBody, sessionId = draft.state.session.id): ConversationEvent {
  const { state } = draft;
  const seq = ++state.head;
  const event = {
    seq,
    cursor: cursorOf(state.epoch, seq),
    at: draft.now.toISOString(),
    sessionId,
    ...body,
  } as ConversationEvent;
  draft.events.push(event);
  // Reading does not move a conversation in lists, which show the most recently active first.
  if (body.type !== 'read') state.updatedAt = draft.now;
  return event;
}

/** Appends a message of any author. It counts as unread, or as read, for the other side. */
export function say(
  draft: Draft,
  content: Omit<Message, 'seq' | 'sessionId' | 'at'> & { at?: string },
): Message {
  const { state } = draft;
  const message: Message = {
    at: draft.now.toISOString(),
    ...content,
    seq: state.head + 1,
    sessionId: state.session.id,
  };
  append(draft, { type: 'message', message });
  state.lastMessage = message;
  if (message.author.kind === 'visitor') state.unread += 1;
  else if (message.author.kind !== 'bot') state.unread = 0;
  if (message.author.kind === 'agent') {
    state.humanWrote = true;
    markRead(draft, 'agent', message.seq);
  }
  return message;
}

/** Records that one side has read the log up to `seq`. A lower number than before changes nothing. */
export function markRead(draft: Draft, by: 'visitor' | 'agent', seq: number): void {
  const { state } = draft;
  const upTo = Math.min(seq, state.head);
  const before = by === 'visitor' ? state.visitorRead : state.agentRead;
  if (upTo <= before) return;
  if (by === 'visitor') state.visitorRead = upTo;
  else state.agentRead = upTo;
  append(draft, { type: 'read', by, upTo });
}

export function setStatus(draft: Draft, status: ConversationStatus): void {
  if (draft.state.status === status) return;
  draft.state.status = status;
  append(draft, { type: 'status', status });
}

/** Sets or removes the assignee. An assignee is never a collaborator at the same time. */
export function setHandler(draft: Draft, handler: StoredHandler | null, candidates?: Collaborators): void {
  const { state } = draft;
  if (candidates) state.candidates = candidates;
  const isSame = state.handler?.id === handler?.id && state.handler?.kind === handler?.kind;
  if (!isSame || candidates) {
    state.handler = handler;
    append(draft, { type: 'handler', handler, ...(candidates && { candidates }) });
  }
  if (handler?.kind === 'agent')
    changeCollaborators(draft, { remove: { agentIds: [handler.id], teamIds: [] } });
}

export function changeLabels(
  draft: Draft,
  change: { add?: string[]; remove?: string[]; cardId?: string },
): void {
  const { state } = draft;
  const added = unique(change.add ?? []).filter((id) => !state.labelIds.includes(id));
  const removed = unique(change.remove ?? []).filter((id) => state.labelIds.includes(id));
  if (added.length + removed.length === 0) return;
  state.labelIds = [...state.labelIds.filter((id) => !removed.includes(id)), ...added];
  append(draft, { type: 'labels', added, removed, ...(change.cardId && { cardId: change.cardId }) });
}

export function changeCollaborators(
  draft: Draft,
  change: { add?: Collaborators; remove?: Collaborators; cardId?: string },
): void {
  const { collaborators } = draft.state;
  const added = minus(change.add ?? NO_COLLABORATORS, collaborators);
  const removed = common(change.remove ?? NO_COLLABORATORS, collaborators);
  if (size(added) + size(removed) === 0) return;
  const kept = minus(collaborators, removed);
  draft.state.collaborators = {
    agentIds: [...kept.agentIds, ...added.agentIds],
    teamIds: [...kept.teamIds, ...added.teamIds],
  };
  append(draft, { type: 'collaborators', added, removed, ...(change.cardId && { cardId: change.cardId }) });
}

export function setRun(draft: Draft, run: FlowRun, turnId?: string): void {
  draft.state.run = run;
  append(draft, { type: 'run', run, ...(turnId && { turnId }) });
}

/** Ends the run because an agent stepped in or the session was resolved (rules 10 and 12). */
export function cancelRun(draft: Draft): void {
  const { run } = draft.state;
  if (run.status === 'ended') return;
  setRun(draft, { ...run, status: 'ended', waitingAt: null, endReason: 'cancelled' });
}

export function fault(draft: Draft, code: string, message: string, cardId?: string): void {
  append(draft, { type: 'fault', code, message, ...(cardId && { cardId }) });
}

/**
 * Opens the next session at the start of the flow. Labels stay, and the assignee of the last session is
 * removed.
 */
export function openSession(draft: Draft, opening: { id: string; flow: FlowPin | null; run: FlowRun }): void {
  const { state } = draft;
  state.session = { id: opening.id, number: state.session.number + 1, status: 'open', flow: opening.flow };
  state.run = opening.run;
  state.offered = null;
  state.humanWrote = false;
  append(draft, { type: 'session', session: { ...state.session } });
  setStatus(draft, 'open');
  changeCollaborators(draft, { remove: state.collaborators });
  if (state.handler) setHandler(draft, null, NO_COLLABORATORS);
  state.candidates = NO_COLLABORATORS;
  draft.sessions.push({ state: state.session, run: state.run });
}

/**
 * Ends the session (rule 10). `by` is the agent who resolved it, if an agent did. Resolving again changes
 * nothing.
 */
export function resolveSession(
  draft: Draft,
  by: string | null,
  endedBy: 'agent' | 'visitor' = 'agent',
): void {
  const { state } = draft;
  if (state.session.status === 'resolved') return;
  cancelRun(draft);
  state.session = { ...state.session, status: 'resolved' };
  state.unread = 0;
  append(draft, { type: 'session', session: { ...state.session }, by, endedBy });
  setStatus(draft, 'resolved');
  draft.sessions.push({ state: state.session, run: state.run });
}

/**
 * Records the visitor's rating of the current session or an earlier one. The same rating again adds nothing
 * to the log. The rating of an older session does not replace that of a newer one.
 */
export function rate(
  draft: Draft,
  session: { id: string; number: number },
  input: Pick<Rating, 'score' | 'comment'>,
): void {
  const { state } = draft;
  const known = state.rating;
  if (known?.sessionId === session.id && known.score === input.score && known.comment === input.comment)
    return;
  const rating: Rating = { sessionId: session.id, ...input, at: draft.now.toISOString() };
  append(draft, { type: 'rating', rating }, session.id);
  if (!known || known.sessionNumber <= session.number)
    state.rating = { ...rating, sessionNumber: session.number };
}

const NO_COLLABORATORS: Collaborators = { agentIds: [], teamIds: [] };

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function minus(some: Collaborators, others: Collaborators): Collaborators {
  return {
    agentIds: unique(some.agentIds).filter((id) => !others.agentIds.includes(id)),
    teamIds: unique(some.teamIds).filter((id) => !others.teamIds.includes(id)),
  };
}

function common(some: Collaborators, others: Collaborators): Collaborators {
  return {
    agentIds: unique(some.agentIds).filter((id) => others.agentIds.includes(id)),
    teamIds: unique(some.teamIds).filter((id) => others.teamIds.includes(id)),
  };
}

function size({ agentIds, teamIds }: Collaborators): number {
  return agentIds.length + teamIds.length;
}
