import type { FlowRun } from '@alur/flow';
import type { Collaborators, ConversationStatus, Message } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { notFound } from '../problem.ts';
import { flowPathOf } from './flow-statistics.ts';
import {
  beginChange,
  type ConversationState,
  type ConversationChange,
  type StoredHandler,
  type StoredRating,
} from './conversation-state.ts';

/** Row of `conversations` as both databases return it. */
export interface ConversationRow {
  id: string;
  account_id: string;
  inbox_id: string;
  visitor_id: string;
  epoch: string;
  head: number;
  turn_seq: number;
  status: ConversationStatus;
  label_ids: string[];
  handler: StoredHandler | null;
  candidates: Collaborators;
  collaborator_agent_ids: string[];
  collaborator_team_ids: string[];
  session_id: string;
  session_number: number;
  session_status: 'open' | 'resolved';
  flow_id: string | null;
  flow_version: number | null;
  run: FlowRun;
  offered: string | null;
  human_wrote: boolean;
  visitor_read: number;
  agent_read: number;
  unread: number;
  last_message: Message | null;
  rating: StoredRating | null;
  created_at: Date;
  updated_at: Date;
}

/** Converts a row to the state of the conversation. */
export function conversationOf(row: ConversationRow): ConversationState {
  return {
    id: row.id,
    accountId: row.account_id,
    inboxId: row.inbox_id,
    visitorId: row.visitor_id,
    epoch: row.epoch,
    head: row.head,
    turnSeq: row.turn_seq,
    status: row.status,
    labelIds: row.label_ids,
    handler: row.handler,
    candidates: row.candidates,
    collaborators: { agentIds: row.collaborator_agent_ids, teamIds: row.collaborator_team_ids },
    session: {
      id: row.session_id,
      number: row.session_number,
      status: row.session_status,
      flow: row.flow_id === null ? null : { id: row.flow_id, version: row.flow_version ?? 0 },
    },
    run: row.run,
    offered: row.offered,
    humanWrote: row.human_wrote,
    visitorRead: row.visitor_read,
    agentRead: row.agent_read,
    unread: row.unread,
    lastMessage: row.last_message,
    rating: row.rating,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/**
 * Returns the visitor's conversation and locks its row until the transaction ends. Returns undefined before
 * the first turn.
 */
export async function lockVisitorConversation(
  tx: Transaction,
  visitorId: string,
): Promise<ConversationChange | undefined> {
  const row = await queryOne<ConversationRow>(
    tx,
    'select * from conversations where visitor_id = $1 for update',
    [visitorId],
  );
  return row && beginChange(conversationOf(row), tx.now);
}

/**
 * Returns a conversation of this account and locks its row until the transaction ends. Throws `not_found`.
 */
export async function lockConversation(
  tx: Transaction,
  accountId: string,
  conversationId: string,
): Promise<ConversationChange> {
  const row = await queryOne<ConversationRow>(
    tx,
    'select * from conversations where account_id = $1 and id = $2 for update',
    [accountId, conversationId],
  );
  if (!row) throw notFound('conversation');
  return beginChange(conversationOf(row), tx.now);
}

/** Writes a conversation change: row, events, sessions and jobs. Notifies the streams after the commit. */
export async function saveConversation(tx: Transaction, change: ConversationChange): Promise<void> {
  const { state, events, sessions, jobs } = change;
  await (change.isNew ? insertConversation(tx, state) : updateConversation(tx, state, tx.now));
  for (const session of sessions) await saveSession(tx, state.id, session);
  const [first, last] = [events[0], events.at(-1)];
  if (first && last) {
    const rows = events.map((event) => ({
      seq: event.seq,
      type: event.type,
      message_id: event.type === 'message' ? event.message.id : null,
      body: event,
    }));
    // A turn takes one path. It is stored for statistics, apart from the log, and stays when the visitor is
    // erased.
    const [path] = events.flatMap((event) => flowPathOf(event) ?? []);
    const { flow_id, version, at, run_id, cards, corrected } = path ?? {};
    await tx.query(path ? `with path as (${INSERT_PATH}) ${INSERT_EVENTS}` : INSERT_EVENTS, [
      state.id,
      JSON.stringify(rows),
      ...(path ? [state.accountId, flow_id, version, at, run_id, cards, corrected] : []),
    ]);
    tx.notify({
      kind: 'events',
      accountId: state.accountId,
      conversationId: state.id,
      visitorId: state.visitorId,
      from: first.seq,
      to: last.seq,
      events,
    });
  }
  if (jobs.length > 0) {
    await tx.query(
      `insert into jobs (id, kind, account_id, conversation_id, payload, run_at, receiver)
       select id, kind, $1, $2, payload, $4, receiver
       from jsonb_to_recordset($3::jsonb) as j (id text, kind text, payload jsonb, receiver text)
       -- A message that waits for one AI agent's answer is given to another.
       on conflict (id) do update set payload = excluded.payload, attempts = 0, run_at = excluded.run_at, locked_until = null
         where jobs.payload <> excluded.payload`,
      [state.accountId, state.id, JSON.stringify(jobs.map(withReceiver)), tx.now],
    );
    tx.notify({ kind: 'jobs' });
  }
}

/** Adds the receiver to a webhook job: calls to one origin share a limit. */
function withReceiver(job: ConversationChange['jobs'][number]): object {
  if (job.kind !== 'webhook') return job;
  const { url } = job.payload;
  return { ...job, receiver: URL.canParse(url) ? new URL(url).origin : '' };
}

const INSERT_EVENTS = `insert into events (conversation_id, seq, type, message_id, body)
  select $1, seq, type, message_id, body
  from jsonb_to_recordset($2::jsonb) as e (seq integer, type text, message_id text, body jsonb)`;
/**
 * Part of the statement that inserts the events: another statement would cost a round trip to the database.
 */
const INSERT_PATH = `insert into flow_paths (account_id, flow_id, version, at, run_id, cards, corrected)
  values ($3, $4, $5, $6::timestamptz, $7, $8::text[], $9::boolean)`;

async function insertConversation(tx: Transaction, state: ConversationState): Promise<void> {
  await tx.query(
    `insert into conversations (id, account_id, inbox_id, visitor_id, epoch, created_at, waiting_since, ${COLUMNS.join(', ')})
     values ($${COLUMNS.length + 1}, $${COLUMNS.length + 2}, $${COLUMNS.length + 3}, $${COLUMNS.length + 4},
             $${COLUMNS.length + 5}, $${COLUMNS.length + 6}, $${COLUMNS.length + 7}, ${PLACES.join(', ')})`,
    [
      ...valuesOf(state),
      state.id,
      state.accountId,
      state.inboxId,
      state.visitorId,
      state.epoch,
      state.createdAt,
      isWaiting(state) ? state.createdAt : null,
    ],
  );
}

async function updateConversation(tx: Transaction, state: ConversationState, now: Date): Promise<void> {
  const assignments = COLUMNS.map((column, index) => `${column} = ${PLACES[index]}`);
  const waitingSince = isWaiting(state)
    ? `coalesce(waiting_since, $${COLUMNS.length + 3}::timestamptz)`
    : `null`;
  await tx.query(
    `update conversations set ${assignments.join(', ')}, waiting_since = ${waitingSince} where id = $${COLUMNS.length + 1} and account_id = $${COLUMNS.length + 2}`,
    [...valuesOf(state), state.id, state.accountId, ...(isWaiting(state) ? [now] : [])],
  );
}

/** Whether the conversation waits for an agent and has no assignee. */
const isWaiting = ({ status, handler }: ConversationState): boolean =>
  status === 'pending' && handler === null;

const CASTS: Record<string, string> = {
  label_ids: '::text[]',
  handler: '::jsonb',
  candidates: '::jsonb',
  collaborator_agent_ids: '::text[]',
  collaborator_team_ids: '::text[]',
  run: '::jsonb',
  last_message: '::jsonb',
  rating: '::jsonb',
};

/** Columns that can change, in the order of `valuesOf`. */
const COLUMNS = [
  'head',
  'turn_seq',
  'status',
  'label_ids',
  'handler',
  'handler_agent_id',
  'candidates',
  'collaborator_agent_ids',
  'collaborator_team_ids',
  'session_id',
  'session_number',
  'session_status',
  'flow_id',
  'flow_version',
  'run',
  'offered',
  'human_wrote',
  'visitor_read',
  'agent_read',
  'unread',
  'last_message',
  'rating',
  'updated_at',
];

const PLACES = COLUMNS.map((column, index) => `$${index + 1}${CASTS[column] ?? ''}`);

function valuesOf(state: ConversationState): unknown[] {
  return [
    state.head,
    state.turnSeq,
    state.status,
    state.labelIds,
    jsonOrNull(state.handler),
    state.handler?.kind === 'agent' ? state.handler.id : null,
    JSON.stringify(state.candidates),
    state.collaborators.agentIds,
    state.collaborators.teamIds,
    state.session.id,
    state.session.number,
    state.session.status,
    state.session.flow?.id ?? null,
    state.session.flow?.version ?? null,
    JSON.stringify(state.run),
    state.offered,
    state.humanWrote,
    state.visitorRead,
    state.agentRead,
    state.unread,
    jsonOrNull(state.lastMessage),
    jsonOrNull(state.rating),
    state.updatedAt,
  ];
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

async function saveSession(
  tx: Transaction,
  conversationId: string,
  { state, run }: ConversationChange['sessions'][number],
): Promise<void> {
  await tx.query(
    `insert into sessions (conversation_id, id, number, status, flow_id, flow_version, run, opened_at, resolved_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)
     on conflict (conversation_id, id) do update
       set status = excluded.status, run = excluded.run, resolved_at = excluded.resolved_at`,
    [
      conversationId,
      state.id,
      state.number,
      state.status,
      state.flow?.id ?? null,
      state.flow?.version ?? null,
      JSON.stringify(run),
      tx.now,
      state.status === 'resolved' ? tx.now : null,
    ],
  );
}
