import type {
  ConversationEvent,
  EventPage,
  Message,
  PublicFlow,
  VisitorConversation,
  WidgetConfig,
} from '@alur/protocol';
import { one, type Transaction } from '../database/transaction.ts';
import { canBeVersion } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { markRead } from './conversation-changes.ts';
import {
  conversationOf,
  lockVisitorConversation,
  saveConversation,
  type ConversationRow,
} from './conversation-store.ts';
import { cursorOf, seqOfCursor } from './cursor.ts';
import { publicHandler, publicRating, visitorEvent, visitorMessage, VISITOR_EVENTS } from './event-views.ts';
import { readyFlow } from './flow-cache.ts';
import { findInbox, servedNow } from './inboxes.ts';
import { touch } from './used-time.ts';
import { noteContact } from './visitors.ts';

/** The configuration of a Web Livechat inbox, without the clock. Throws `not_found`, `inbox_type`. */
export async function getWidgetConfig(
  tx: Transaction,
  { inboxId }: { inboxId: string },
): Promise<Omit<WidgetConfig, 'serverTime'>> {
  const inbox = await findInbox(tx, { inboxId });
  if (inbox.type !== 'web-livechat')
    throw new HostProblem(
      'inbox_type',
      `"${inbox.name}" is no Web Livechat inbox; a widget cannot be shown for it.`,
    );
  const flow = await servedNow(tx, inboxId);
  const ready = flow && (await readyFlow(tx, inbox.accountId, flow.id, flow.version));
  const isReady = ready !== null && typeof ready === 'object';
  return {
    inbox: { id: inbox.id, name: inbox.name },
    appearance: inbox.appearance,
    flow: isReady ? flow : null,
    zones: isReady ? ready.zones : {},
  };
}

/** A version as visitors may see it; only one that this inbox gives or gave. Throws `not_found`. */
export async function getPublicFlow(
  tx: Transaction,
  { inboxId, flowId, version }: { inboxId: string; flowId: string; version: number },
): Promise<PublicFlow> {
  const inbox = await findInbox(tx, { inboxId });
  if (!canBeVersion(version)) throw notFound('version of a flow in this inbox');
  const served = await one(
    tx,
    'select 1 from served_versions where inbox_id = $1 and flow_id = $2 and version = $3 limit 1',
    [inboxId, flowId, version],
  );
  const ready = served === undefined ? null : await readyFlow(tx, inbox.accountId, flowId, version);
  if (!ready || typeof ready === 'string') throw notFound('version of a flow in this inbox');
  return ready.public;
}

/** Who asks, and for which inbox. */
export interface VisitorScope {
  visitorId: string;
  inboxId: string;
}

async function findConversation(tx: Transaction, { visitorId, inboxId }: VisitorScope) {
  const row = await one<ConversationRow>(
    tx,
    'select * from conversations where visitor_id = $1 and inbox_id = $2',
    [visitorId, inboxId],
  );
  return row && conversationOf(row);
}

/** The conversation as it stands, and the cursor from which the log goes on. Before the first turn everything is empty. */
export async function getVisitorConversation(
  tx: Transaction,
  { before, limit, ...scope }: VisitorScope & { before?: number; limit: number },
): Promise<VisitorConversation> {
  await touchVisitor(tx, scope);
  const serverTime = tx.now.toISOString();
  const state = await findConversation(tx, scope);
  if (!state)
    return {
      session: null,
      run: null,
      seq: 0,
      messages: [],
      more: false,
      cursor: '',
      unread: 0,
      readSeq: 0,
      handler: null,
      serverTime,
    };
  const rows = await tx.query<{ message: Message }>(
    `select body->'message' as message from events
     where conversation_id = $1 and message_id is not null and seq < $2 order by seq desc limit $3`,
    [state.id, Math.min(before ?? state.head + 1, state.head + 1), limit + 1],
  );
  const unread = await one<{ count: number }>(
    tx,
    `select count(*)::int as count from events where conversation_id = $1 and message_id is not null and seq > $2
       and body->'message'->'author'->>'kind' <> 'visitor'`,
    [state.id, state.visitorRead],
  );
  return {
    session: state.session,
    run: state.run,
    seq: state.turnSeq,
    messages: rows
      .slice(0, limit)
      .map(({ message }) => visitorMessage(message))
      .reverse(),
    more: rows.length > limit,
    cursor: cursorOf(state.epoch, state.head),
    unread: unread?.count ?? 0,
    readSeq: state.agentRead,
    handler: publicHandler(state.handler),
    ...(state.rating?.sessionId === state.session.id && { rating: publicRating(state.rating) }),
    serverTime,
  };
}

async function touchVisitor(tx: Transaction, { visitorId, inboxId }: VisitorScope): Promise<void> {
  const row = await one<{ contact_at: Date; contact_before: Date }>(
    tx,
    'select contact_at, contact_before from visitors where id = $1 and inbox_id = $2',
    [visitorId, inboxId],
  );
  if (!row) throw notFound('visitor');
  const contact = { at: row.contact_at.getTime(), before: row.contact_before.getTime() };
  await noteContact(tx, visitorId, contact, touch(contact, tx.now.getTime()));
}

/** What a log reader gets: a page, and up to which log number it reaches. */
export interface LogPage extends EventPage {
  /** Every event up to this number has been looked at, also those that this reader is not sent. */
  reached: number;
}

/** Events of the visitor's log after a cursor. Throws `cursor_expired`. */
export async function listVisitorEvents(
  tx: Transaction,
  { after, limit, ...scope }: VisitorScope & { after: string; limit: number },
): Promise<LogPage> {
  const state = await findConversation(tx, scope);
  if (!state) {
    if (after !== '') throw cursorExpired();
    return { events: [], cursor: '', more: false, reached: 0 };
  }
  return readLog(tx, state, after, limit, true);
}

/** Events of an account's conversation after a cursor, whole. Throws `not_found`, `cursor_expired`. */
export async function listConversationEvents(
  tx: Transaction,
  {
    accountId,
    conversationId,
    after,
    limit,
  }: { accountId: string; conversationId: string; after: string; limit: number },
): Promise<LogPage> {
  const row = await one<{ id: string; epoch: string; head: number }>(
    tx,
    'select id, epoch, head from conversations where account_id = $1 and id = $2',
    [accountId, conversationId],
  );
  if (!row) throw notFound('conversation');
  return readLog(tx, row, after, limit, false);
}

async function readLog(
  tx: Transaction,
  log: { id: string; epoch: string; head: number },
  after: string,
  limit: number,
  isVisitor: boolean,
): Promise<LogPage> {
  const from = seqOfCursor(after, log);
  if (from === null) throw cursorExpired();
  const rows = await tx.query<{ body: ConversationEvent }>(
    `select body from events where conversation_id = $1 and seq > $2 and seq <= $3
       and ($4::text[] is null or type = any($4::text[])) order by seq limit $5`,
    [log.id, from, log.head, isVisitor ? [...VISITOR_EVENTS] : null, limit + 1],
  );
  const events = rows.slice(0, limit).map(({ body }) => body);
  const more = rows.length > limit;
  const reached = more ? (events.at(-1)?.seq ?? from) : log.head;
  return {
    events: isVisitor ? events.flatMap((event) => visitorEvent(event) ?? []) : events,
    cursor: cursorOf(log.epoch, reached),
    more,
    reached,
  };
}

function cursorExpired(): HostProblem {
  return new HostProblem('cursor_expired', 'This cursor is not of this log any more. Take a new snapshot.');
}

/** The visitor has seen the log up to `seq`. */
export async function markVisitorRead(
  tx: Transaction,
  { visitorId, seq }: VisitorScope & { seq: number },
): Promise<void> {
  const draft = await lockVisitorConversation(tx, visitorId);
  if (!draft) return;
  markRead(draft, 'visitor', seq);
  if (draft.events.length > 0) await saveConversation(tx, draft);
}

/** Which conversation a visitor's typing belongs to; null before the first turn. */
export async function visitorConversationId(tx: Transaction, scope: VisitorScope): Promise<string | null> {
  const state = await findConversation(tx, scope);
  return state && state.session.status === 'open' ? state.id : null;
}
