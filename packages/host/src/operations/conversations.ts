import type { Collaborators, Conversation, ConversationStatus, Message } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { HostProblem, notFound } from '../problem.ts';
import { askAi } from './apply-effects.ts';
import {
  cancelRun,
  changeCollaborators,
  changeLabels,
  markRead,
  resolveSession,
  say,
  setHandler,
  setStatus,
} from './conversation-changes.ts';
import { conversationOf, type ConversationRow } from './conversation-store.ts';
import type { ConversationState, ConversationChange } from './conversation-state.ts';
import { isTime, pageCursor } from './cursor.ts';
import { publicRating } from './event-views.ts';
import { badCursor, cursorValues, pageOf, requireKnown, type ListInput, type Page } from './directory.ts';
import type { Records, VisitorCard } from './records.ts';
import { WITH_VISITOR } from './sql-conversation-records.ts';
import { requireText } from './require-text.ts';

/** One conversation of one account. */
export interface ConversationScope {
  accountId: string;
  conversationId: string;
}

function resourceOf(state: ConversationState, visitor: VisitorCard): Conversation {
  const { id, verified, name, email, phone, erased } = visitor;
  const verifiedAttributes = Object.keys(visitor.token_attributes);
  return {
    ...summaryOf(state),
    visitor: {
      id,
      verified,
      ...(name !== null && { name }),
      ...(email !== null && { email }),
      ...(phone !== null && { phone }),
      // Token attributes come first and override the page's claims under the same keys.
      attributes: { ...visitor.token_attributes, ...visitor.attributes, ...visitor.token_attributes },
      ...(verifiedAttributes.length > 0 && { verifiedAttributes }),
      ...(erased && { erased }),
    },
  };
}

function summaryOf(state: ConversationState): Omit<Conversation, 'visitor'> {
  const { id, inboxId, status, labelIds, handler, collaborators, session, run, lastMessage, unread, rating } =
    state;
  return {
    id,
    inboxId,
    status,
    labelIds,
    handler,
    collaborators,
    session,
    run,
    lastMessage,
    unread,
    seq: state.head,
    createdAt: state.createdAt.toISOString(),
    updatedAt: state.updatedAt.toISOString(),
    ...(rating && { rating: publicRating(rating) }),
  };
}

export async function getConversation(
  records: Records,
  { accountId, conversationId }: ConversationScope,
): Promise<Conversation> {
  const found = await records.findConversationOf(accountId, conversationId);
  if (!found) throw notFound('conversation');
  return resourceOf(found.state, found.visitor);
}

/** Filters of the list. A conversation must match all given filters. */
export interface ListConversations extends ListInput {
  status?: ConversationStatus;
  inboxId?: string;
  labelId?: string;
  agentId?: string;
}

/** SQL condition: waits for an agent, and no agent of the account is among the collaborators. */
const IS_UNASSIGNED = `c.waiting_since is not null and not exists (select 1 from agents a
    where a.account_id = c.account_id and a.active and (a.id = any(c.collaborator_agent_ids) or exists (
      select 1 from teams t where t.account_id = c.account_id and t.id = any(c.collaborator_team_ids) and a.id = any(t.agent_ids))))`;
/**
 * SQL condition: agent $7 belongs to the inbox. When the inbox has no agents, every agent of the account
 * does.
 */
const IS_OF_INBOX = `exists (with people as (
    select a.id from inboxes i join agents a on a.account_id = i.account_id and a.active
    where i.id = c.inbox_id and (a.id = any(i.agent_ids) or exists (
      select 1 from teams t where t.account_id = i.account_id and t.id = any(i.team_ids) and a.id = any(t.agent_ids))))
  select 1 from agents a where a.account_id = c.account_id and a.id = $7 and a.active
    and (a.id in (select id from people) or not exists (select 1 from people)))`;

/**
 * Lists conversations, the most recently active first. `agentId` selects those that the agent handles or
 * collaborates in, directly or through a team, and those that wait without a candidate in an inbox of this
 * agent.
 */
export async function listConversations(
  tx: Transaction,
  { accountId, limit, cursor, status, inboxId, labelId, agentId }: ListConversations,
): Promise<Page<Conversation>> {
  const [before = null, id = null] = cursor === undefined ? [] : cursorValues(cursor, 2);
  if (before !== null && !isTime(before)) throw badCursor();
  const rows = await tx.query<ConversationRow & { visitor: VisitorCard }>(
    `${WITH_VISITOR} where c.account_id = $1
       and ($2::timestamptz is null or (c.updated_at, c.id) < ($2::timestamptz, $3::text))
       and ($4::text is null or c.status = $4) and ($5::text is null or c.inbox_id = $5)
       and ($6::text is null or $6 = any(c.label_ids))
       and ($7::text is null or c.handler_agent_id = $7 or $7 = any(c.collaborator_agent_ids)
         or exists (select 1 from teams t where t.account_id = c.account_id and t.id = any(c.collaborator_team_ids) and $7 = any(t.agent_ids))
         or (${IS_UNASSIGNED} and ${IS_OF_INBOX}))
     order by c.updated_at desc, c.id desc limit $8`,
    [accountId, before, id, status ?? null, inboxId ?? null, labelId ?? null, agentId ?? null, limit + 1],
  );
  return pageOf(
    rows,
    limit,
    (row) => resourceOf(conversationOf(row), row.visitor),
    (row) => pageCursor(row.updated_at.toISOString(), row.id),
  );
}

/** Reply of an agent. */
export interface ReplyInput extends ConversationScope {
  id: string;
  text: string;
  agentId: string;
}

/**
 * Sends a message as an agent, once for each id. It ends a waiting run (rule 12) and stops an AI agent. The
 * agent takes the conversation when no agent has it. Throws `conversation_resolved`, `id_reused`,
 * `invalid_request` (a blank text), `unknown_reference`.
 */
export async function replyToConversation(
  records: Records,
  { accountId, conversationId, id, text, agentId }: ReplyInput,
): Promise<Message> {
  const change = await records.lockConversation(accountId, conversationId);
  const { state } = change;
  const known = await records.findMessage(conversationId, id);
  if (known) {
    if (known.author.kind === 'agent' && known.author.id === agentId && known.text === text) return known;
    throw new HostProblem(
      'id_reused',
      `"${id}" already stands for another message. Send this one under a new id.`,
    );
  }
  requireText(text, '/text');
  refuseResolved(change);
  const { agents } = await requireKnown(records, accountId, { agentIds: [agentId] });
  const agent = agents.get(agentId);
  if (!agent) throw notFound('agent');
  if (state.run.status === 'waiting') cancelRun(change);
  const person = { id: agent.id, name: agent.name, ...(agent.avatarUrl && { avatarUrl: agent.avatarUrl }) };
  const isFree = state.handler === null || state.handler.kind === 'ai';
  if (isFree) setHandler(change, { kind: 'agent', ...person });
  if (isFree || state.handler?.id === agentId) setStatus(change, 'assigned');
  const message = say(change, { id, author: { kind: 'agent', ...person }, text });
  await records.saveConversation(change);
  return message;
}

/** New assignee. */
export type AssignTo =
  | { kind: 'agent'; agentId: string; ifUnassigned?: boolean }
  | { kind: 'ai'; aiAgentId: string }
  | { kind: 'nobody' };

/**
 * Assigns the conversation to an agent, an AI agent, or none. A run that has not ended ends, because a person
 * decided (rule 12). With `ifUnassigned`, throws `already_assigned` when another agent is the assignee: of
 * two agents who take it at the same time, one succeeds.
 */
export async function assignConversation(
  records: Records,
  { to, ...scope }: ConversationScope & { to: AssignTo },
): Promise<Conversation> {
  const change = await records.lockConversation(scope.accountId, scope.conversationId);
  refuseResolved(change);
  const { state } = change;
  if (to.kind === 'agent') {
    const { agents } = await requireKnown(records, scope.accountId, { agentIds: [to.agentId] });
    if (to.ifUnassigned) refuseAssigned(change, to.agentId);
    const { avatarUrl, name = '' } = agents.get(to.agentId) ?? {};
    cancelRun(change);
    setHandler(change, { kind: 'agent', id: to.agentId, name, ...(avatarUrl && { avatarUrl }) });
    setStatus(change, 'assigned');
  } else if (to.kind === 'ai') {
    const { aiAgents } = await requireKnown(records, scope.accountId, { aiAgentIds: [to.aiAgentId] });
    cancelRun(change);
    setHandler(change, { kind: 'ai', id: to.aiAgentId, name: aiAgents.get(to.aiAgentId)?.name ?? '' });
    setStatus(change, 'open');
    if (state.lastMessage?.author.kind === 'visitor')
      askAi(change, to.aiAgentId, state.lastMessage.id, 'handler');
  } else {
    cancelRun(change);
    setHandler(change, null);
    setStatus(change, 'pending');
  }
  return saved(records, change, scope);
}

/** Replaces the labels. */
export async function setConversationLabels(
  records: Records,
  { labelIds, ...scope }: ConversationScope & { labelIds: string[] },
): Promise<Conversation> {
  const change = await records.lockConversation(scope.accountId, scope.conversationId);
  const before = change.state.labelIds;
  const add = labelIds.filter((id) => !before.includes(id));
  await requireKnown(records, scope.accountId, { labelIds: add });
  changeLabels(change, { add, remove: before.filter((id) => !labelIds.includes(id)) });
  return saved(records, change, scope);
}

/** Replaces the collaborators. */
export async function setConversationCollaborators(
  records: Records,
  { collaborators, ...scope }: ConversationScope & { collaborators: Collaborators },
): Promise<Conversation> {
  const change = await records.lockConversation(scope.accountId, scope.conversationId);
  const before = change.state.collaborators;
  const add = without(collaborators, before);
  await requireKnown(records, scope.accountId, add);
  changeCollaborators(change, { add, remove: without(before, collaborators) });
  return saved(records, change, scope);
}

/** Ends the session (rule 10). Resolving again changes nothing. */
export async function resolveConversation(
  records: Records,
  { by, ...scope }: ConversationScope & { by: string | null },
): Promise<Conversation> {
  const change = await records.lockConversation(scope.accountId, scope.conversationId);
  resolveSession(change, by);
  return saved(records, change, scope);
}

/** Records that the agents have read the log up to `seq`. */
export async function markConversationRead(
  records: Records,
  { seq, ...scope }: ConversationScope & { seq: number },
): Promise<void> {
  const change = await records.lockConversation(scope.accountId, scope.conversationId);
  markRead(change, 'agent', seq);
  if (change.events.length > 0) await records.saveConversation(change);
}

/** Returns the visitor to show an agent's typing to, and the name to show. */
export async function typingTarget(
  tx: Transaction,
  { accountId, conversationId, agentId }: ConversationScope & { agentId: string | null },
): Promise<{ visitorId: string; name: string | null }> {
  const row = await queryOne<{ visitor_id: string; name: string | null }>(
    tx,
    `select visitor_id, (select name from agents where account_id = $1 and id = $3) as name
     from conversations where account_id = $1 and id = $2`,
    [accountId, conversationId, agentId],
  );
  if (!row) throw notFound('conversation');
  return { visitorId: row.visitor_id, name: row.name };
}

async function saved(
  records: Records,
  change: ConversationChange,
  scope: ConversationScope,
): Promise<Conversation> {
  if (change.events.length > 0) await records.saveConversation(change);
  return getConversation(records, scope);
}

function refuseResolved({ state }: ConversationChange): void {
  if (state.session.status === 'resolved')
    throw new HostProblem(
      'conversation_resolved',
      'The conversation is resolved. It opens again with the visitor’s next message.',
    );
}

function refuseAssigned({ state: { handler } }: ConversationChange, agentId: string): void {
  if (handler?.kind !== 'agent' || handler.id === agentId) return;
  const { kind, id, name } = handler;
  throw new HostProblem('already_assigned', `${name} has the conversation already.`, {
    handler: { kind, id, name },
  });
}

function without(some: Collaborators, others: Collaborators): Collaborators {
  return {
    agentIds: some.agentIds.filter((id) => !others.agentIds.includes(id)),
    teamIds: some.teamIds.filter((id) => !others.teamIds.includes(id)),
  };
}
