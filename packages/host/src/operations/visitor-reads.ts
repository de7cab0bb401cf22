import type { EventPage, PublicFlow, VisitorConversation, WidgetConfig } from '@alur/protocol';
import { FILE_TYPES } from '../files/file-type.ts';
import { MAX_FILE_BYTES } from '../files/read-upload.ts';
import { canBeVersion } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { markRead } from './conversation-changes.ts';
import { cursorOf, seqOfCursor } from './cursor.ts';
import { publicHandler, publicRating, visitorEvent, visitorMessage, VISITOR_EVENTS } from './event-views.ts';
import { readyFlow } from './flow-cache.ts';
import { findInbox } from './inboxes.ts';
import { openFrom } from './office-hours.ts';
import type { InboxScope, Records, VisitorScope } from './records.ts';
import { noteContact, requireVisitor } from './visitors.ts';

/**
 * Returns the configuration of a Web Livechat inbox, without the current time. Throws `not_found`,
 * `inbox_type`.
 */
export async function getWidgetConfig(
  records: Records,
  { inboxId }: InboxScope,
): Promise<Omit<WidgetConfig, 'serverTime'>> {
  const inbox = await findInbox(records, { inboxId });
  if (inbox.type !== 'web-livechat')
    throw new HostProblem(
      'inbox_type',
      `"${inbox.name}" is no Web Livechat inbox; a widget cannot be shown for it.`,
    );
  const flow = await records.servedNow(inboxId);
  const ready = flow && (await readyFlow(records, inbox.accountId, flow));
  const isReady = ready !== null && typeof ready === 'object';
  return {
    inbox: { id: inbox.id, name: inbox.name },
    appearance: inbox.appearance,
    ...(inbox.officeHours && { officeHours: openFrom(inbox.officeHours, records.now.getTime()) }),
    uploads: { maxBytes: MAX_FILE_BYTES, types: [...FILE_TYPES] },
    flow: isReady ? flow : null,
    zones: isReady ? ready.zones : {},
  };
}

/** Returns a version as visitors may see it, if this inbox gives or gave it. Throws `not_found`. */
export async function getPublicFlow(
  records: Records,
  { inboxId, flowId, version }: InboxScope & { flowId: string; version: number },
): Promise<PublicFlow> {
  const inbox = await findInbox(records, { inboxId });
  if (!canBeVersion(version)) throw notFound('version of a flow in this inbox');
  const pin = { id: flowId, version };
  const servings = await records.listServings(inboxId, pin);
  const ready = servings.length > 0 && (await readyFlow(records, inbox.accountId, pin));
  if (!ready || typeof ready === 'string') throw notFound('version of a flow in this inbox');
  return ready.public;
}

/**
 * Returns the current conversation, and the cursor at which the log continues. Before the first turn
 * everything is empty.
 */
export async function getVisitorConversation(
  records: Records,
  { before, limit, ...scope }: VisitorScope & { before?: number; limit: number },
): Promise<VisitorConversation> {
  await touchVisitor(records, scope);
  const serverTime = records.now.toISOString();
  const state = await records.findConversation(scope);
  if (!state)
    return {
      session: null,
      run: null,
      seq: 0,
      messages: [],
      more: false,
      cursor: '',
      logSeq: 0,
      unread: 0,
      readSeq: 0,
      handler: null,
      serverTime,
    };
  const end = Math.min(before ?? state.head + 1, state.head + 1);
  const messages = await records.listMessages(state.id, end, limit + 1);
  return {
    session: state.session,
    run: state.run,
    seq: state.turnSeq,
    messages: messages.slice(0, limit).map(visitorMessage).reverse(),
    more: messages.length > limit,
    cursor: cursorOf(state.epoch, state.head),
    logSeq: state.head,
    unread: await records.countUnread(state.id, state.visitorRead),
    readSeq: state.agentRead,
    handler: publicHandler(state.handler),
    ...(state.rating?.sessionId === state.session.id && { rating: publicRating(state.rating) }),
    serverTime,
  };
}

async function touchVisitor(records: Records, scope: VisitorScope): Promise<void> {
  await noteContact(records, scope.visitorId, await requireVisitor(records, scope));
}

/** Page of a log, and the log number that it reaches. */
export interface LogPage extends EventPage {
  /** Log number up to which events were read, including events that this reader does not receive. */
  reached: number;
}

/** Lists events of the visitor's log after a cursor. Throws `cursor_expired`. */
export async function listVisitorEvents(
  records: Records,
  { after, limit, ...scope }: VisitorScope & { after: string; limit: number },
): Promise<LogPage> {
  const state = await records.findConversation(scope);
  if (!state) {
    await requireVisitor(records, scope);
    if (after !== '') throw cursorExpired();
    return { events: [], cursor: '', more: false, reached: 0 };
  }
  return readLog(records, state, after, limit, true);
}

/**
 * Lists complete events of an account's conversation after a cursor. Throws `not_found`, `cursor_expired`.
 */
export async function listConversationEvents(
  records: Records,
  {
    accountId,
    conversationId,
    after,
    limit,
  }: { accountId: string; conversationId: string; after: string; limit: number },
): Promise<LogPage> {
  const found = await records.findConversationOf(accountId, conversationId);
  if (!found) throw notFound('conversation');
  return readLog(records, found.state, after, limit, false);
}

async function readLog(
  records: Records,
  log: { id: string; epoch: string; head: number },
  after: string,
  limit: number,
  isVisitor: boolean,
): Promise<LogPage> {
  const from = seqOfCursor(after, log);
  if (from === null) throw cursorExpired();
  const rows = await records.listEvents(log.id, {
    after: from,
    upTo: log.head,
    types: isVisitor ? VISITOR_EVENTS : null,
    limit: limit + 1,
  });
  const events = rows.slice(0, limit);
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

/** Records that the visitor has read the log up to `seq`. */
export async function markVisitorRead(
  records: Records,
  { seq, ...scope }: VisitorScope & { seq: number },
): Promise<void> {
  const change = await records.lockVisitorConversation(scope.visitorId);
  if (!change) return void (await requireVisitor(records, scope));
  markRead(change, 'visitor', seq);
  if (change.events.length > 0) await records.saveConversation(change);
}

/**
 * Returns the id of the conversation to which a visitor's typing belongs. Returns null before the first turn.
 */
export async function visitorConversationId(records: Records, scope: VisitorScope): Promise<string | null> {
  const state = await records.findConversation(scope);
  if (!state) await requireVisitor(records, scope);
  return state && state.session.status === 'open' ? state.id : null;
}
