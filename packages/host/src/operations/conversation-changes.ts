/**
 * Every change of a conversation, as functions on a `ConversationChange`. Each function updates the state and
 * appends the events of the change. None of them reads or writes a database. A change without effect appends
 * nothing.
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
import type { ConversationChange, EventBody, StoredHandler } from './conversation-state.ts';

/**
 * Appends an event with the next sequence number. It belongs to the current session unless `sessionId` is
 * given.
 */
export function append(
  change: ConversationChange,
  body: EventBody,
  sessionId = change.state.session.id,
): ConversationEvent {
  const { state } = change;
  const seq = ++state.head;
  const event = {
    seq,
    cursor: cursorOf(state.epoch, seq),
    at: change.now.toISOString(),
    sessionId,
    ...body,
  } as ConversationEvent;
  change.events.push(event);
  // Reading does not move a conversation in lists, which show the most recently active first.
  if (body.type !== 'read') state.updatedAt = change.now;
  return event;
}

/** Appends a message of any author. It counts as unread, or as read, for the other side. */
export function say(
  change: ConversationChange,
  content: Omit<Message, 'seq' | 'sessionId' | 'at'> & { at?: string },
): Message {
  const { state } = change;
  const message: Message = {
    at: change.now.toISOString(),
    ...content,
    seq: state.head + 1,
    sessionId: state.session.id,
  };
  append(change, { type: 'message', message });
  state.lastMessage = message;
  if (message.author.kind === 'visitor') state.unread += 1;
  else if (message.author.kind !== 'bot') state.unread = 0;
  if (message.author.kind === 'agent') {
    state.humanWrote = true;
    markRead(change, 'agent', message.seq);
  }
  return message;
}

/** Records that one side has read the log up to `seq`. A lower number than before changes nothing. */
export function markRead(change: ConversationChange, by: 'visitor' | 'agent', seq: number): void {
  const { state } = change;
  const upTo = Math.min(seq, state.head);
  const before = by === 'visitor' ? state.visitorRead : state.agentRead;
  if (upTo <= before) return;
  if (by === 'visitor') state.visitorRead = upTo;
  else state.agentRead = upTo;
  append(change, { type: 'read', by, upTo });
}

export function setStatus(change: ConversationChange, status: ConversationStatus): void {
  if (change.state.status === status) return;
  change.state.status = status;
  append(change, { type: 'status', status });
}

/** Sets or removes the assignee. An assignee is never a collaborator at the same time. */
export function setHandler(
  change: ConversationChange,
  handler: StoredHandler | null,
  candidates?: Collaborators,
): void {
  const { state } = change;
  if (candidates) state.candidates = candidates;
  const isSame = state.handler?.id === handler?.id && state.handler?.kind === handler?.kind;
  if (!isSame || candidates) {
    state.handler = handler;
    append(change, { type: 'handler', handler, ...(candidates && { candidates }) });
  }
  if (handler?.kind === 'agent')
    changeCollaborators(change, { remove: { agentIds: [handler.id], teamIds: [] } });
}

export function changeLabels(
  change: ConversationChange,
  edit: { add?: string[]; remove?: string[]; cardId?: string },
): void {
  const { state } = change;
  const added = unique(edit.add ?? []).filter((id) => !state.labelIds.includes(id));
  const removed = unique(edit.remove ?? []).filter((id) => state.labelIds.includes(id));
  if (added.length + removed.length === 0) return;
  state.labelIds = [...state.labelIds.filter((id) => !removed.includes(id)), ...added];
  append(change, { type: 'labels', added, removed, ...(edit.cardId && { cardId: edit.cardId }) });
}

export function changeCollaborators(
  change: ConversationChange,
  edit: { add?: Collaborators; remove?: Collaborators; cardId?: string },
): void {
  const { collaborators } = change.state;
  const added = minus(edit.add ?? NO_COLLABORATORS, collaborators);
  const removed = common(edit.remove ?? NO_COLLABORATORS, collaborators);
  if (size(added) + size(removed) === 0) return;
  const kept = minus(collaborators, removed);
  change.state.collaborators = {
    agentIds: [...kept.agentIds, ...added.agentIds],
    teamIds: [...kept.teamIds, ...added.teamIds],
  };
  append(change, { type: 'collaborators', added, removed, ...(edit.cardId && { cardId: edit.cardId }) });
}

export function setRun(change: ConversationChange, run: FlowRun, turnId?: string): void {
  change.state.run = run;
  append(change, { type: 'run', run, ...(turnId && { turnId }) });
}

/** Ends the run because an agent stepped in or the session was resolved (rules 10 and 12). */
export function cancelRun(change: ConversationChange): void {
  const { run } = change.state;
  if (run.status === 'ended') return;
  setRun(change, { ...run, status: 'ended', waitingAt: null, endReason: 'cancelled' });
}

export function fault(change: ConversationChange, code: string, message: string, cardId?: string): void {
  append(change, { type: 'fault', code, message, ...(cardId && { cardId }) });
}

/**
 * Opens the next session at the start of the flow. Labels stay, and the assignee of the last session is
 * removed.
 */
export function openSession(
  change: ConversationChange,
  opening: { id: string; flow: FlowPin | null; run: FlowRun },
): void {
  const { state } = change;
  state.session = { id: opening.id, number: state.session.number + 1, status: 'open', flow: opening.flow };
  state.run = opening.run;
  state.offered = null;
  state.humanWrote = false;
  append(change, { type: 'session', session: { ...state.session } });
  setStatus(change, 'open');
  changeCollaborators(change, { remove: state.collaborators });
  if (state.handler) setHandler(change, null, NO_COLLABORATORS);
  state.candidates = NO_COLLABORATORS;
  change.sessions.push({ state: state.session, run: state.run });
}

/**
 * Ends the session (rule 10). `by` is the agent who resolved it, if an agent did. Resolving again changes
 * nothing.
 */
export function resolveSession(
  change: ConversationChange,
  by: string | null,
  endedBy: 'agent' | 'visitor' = 'agent',
): void {
  const { state } = change;
  if (state.session.status === 'resolved') return;
  cancelRun(change);
  state.session = { ...state.session, status: 'resolved' };
  state.unread = 0;
  append(change, { type: 'session', session: { ...state.session }, by, endedBy });
  setStatus(change, 'resolved');
  change.sessions.push({ state: state.session, run: state.run });
}

/**
 * Records the visitor's rating of the current session or an earlier one. The same rating again adds nothing
 * to the log. The rating of an older session does not replace that of a newer one.
 */
export function rate(
  change: ConversationChange,
  session: { id: string; number: number },
  input: Pick<Rating, 'score' | 'comment'>,
): void {
  const { state } = change;
  const known = state.rating;
  if (known?.sessionId === session.id && known.score === input.score && known.comment === input.comment)
    return;
  const rating: Rating = { sessionId: session.id, ...input, at: change.now.toISOString() };
  append(change, { type: 'rating', rating }, session.id);
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
