import type { FlowPin } from '@alur/protocol';
import { builtInKinds } from '../../../packages/host/src/kinds/custom-kinds.ts';
import type { HostEvent } from '../../../packages/host/src/database/host-event.ts';
import {
  beginChange,
  type ConversationState,
  type ConversationChange,
} from '../../../packages/host/src/operations/conversation-state.ts';
import type { FlowCache } from '../../../packages/host/src/operations/flow-cache.ts';
import type { Records, VisitorRow } from '../../../packages/host/src/operations/records.ts';
import { notFound } from '../../../packages/host/src/problem.ts';
import { addUnique, versionKey, type ConversationTable, type Tables } from './tables.ts';

/** One transaction of the store in memory. */
export interface MemoryTransaction {
  records: Records;
  /** Pending writes, in order. They are not visible before the commit. */
  writes: (() => void)[];
  hostEvents: HostEvent[];
}

/** The parts of the database that a transaction needs. */
export interface TransactionOptions {
  tables: Tables;
  flows: FlowCache;
  now: Date;
  /** Called before each statement. Overlapping transactions continue meanwhile. */
  step(): Promise<void>;
  /** Resolves when this transaction has locked the row. */
  lock(row: string): Promise<void>;
}

/**
 * Implements `Records` in memory. It reads committed data, as PostgreSQL does by default, and its own
 * conversation. It locks the rows that the SQL locks, including those of an update.
 */
export function beginInMemory({ tables, flows, now, step, lock }: TransactionOptions): MemoryTransaction {
  const writes: (() => void)[] = [];
  const hostEvents: HostEvent[] = [];
  /** Conversations that this transaction has saved. */
  const own = new Map<string, ConversationState>();

  function stateOf(table: ConversationTable): ConversationState {
    return { ...(own.get(table.state.id) ?? table.state) };
  }
  /** Returns the conversation with this id, if there is one. */
  function tableOf(conversationId: string): ConversationTable | undefined {
    return tables.conversations.get(conversationId);
  }
  async function update(visitorId: string, change: Partial<VisitorRow>): Promise<void> {
    await lock(`visitor ${visitorId}`);
    await step();
    writes.push(() => Object.assign(tables.visitors.get(visitorId) ?? {}, change));
  }

  const records: Records = {
    now,
    flows,
    kinds: builtInKinds,

    async lockVisitor({ visitorId, inboxId }) {
      await lock(`visitor ${visitorId}`);
      await step();
      const visitor = tables.visitors.get(visitorId);
      if (!visitor || visitor.inbox_id !== inboxId) return undefined;
      return { visitor: { ...visitor }, inbox: tables.inbox };
    },
    async findContact({ visitorId, inboxId }) {
      await step();
      const visitor = tables.visitors.get(visitorId);
      if (!visitor || visitor.inbox_id !== inboxId) return undefined;
      return { at: visitor.contact_at.getTime(), before: visitor.contact_before.getTime() };
    },
    setContact: (visitorId, { at, before }) =>
      update(visitorId, { contact_at: new Date(at), contact_before: new Date(before) }),
    setVisitorDetails: (visitorId, details) => update(visitorId, details),
    async addVisitor(visitor) {
      await step();
      const { subject } = visitor;
      const known =
        subject !== null && [...tables.visitors.values()].find((other) => other.subject === subject);
      if (known) {
        const { name, email, phone } = visitor;
        await update(known.id, {
          ...(name !== null && { name }),
          ...(email !== null && { email }),
          ...(phone !== null && { phone }),
        });
        return known.id;
      }
      const row = { ...visitor, attributes: {}, contact_at: now, contact_before: now };
      writes.push(() => addUnique(tables.visitors, row.id, row, 'visitor'));
      return row.id;
    },
    async lockToken(hash, inboxId) {
      await lock(`token ${hash}`);
      await step();
      const token = tables.tokens.get(hash);
      const visitor = token && tables.visitors.get(token.visitorId);
      if (!token || !visitor || visitor.inbox_id !== inboxId) return undefined;
      const { family, usedAt, expiresAt } = token;
      return { family, usedAt, expiresAt, visitor: { ...visitor } };
    },
    async findTokenUse(hash) {
      await step();
      return tables.tokens.get(hash)?.usedAt;
    },
    async addToken({ hash, ...token }) {
      await step();
      writes.push(() => addUnique(tables.tokens, hash, { ...token, usedAt: null }, 'token'));
    },
    async setTokenUsed(hash) {
      await step();
      writes.push(() => {
        const token = tables.tokens.get(hash);
        if (token) token.usedAt = now;
      });
    },
    async deleteTokens(family) {
      await step();
      writes.push(() => {
        for (const [hash, token] of tables.tokens) if (token.family === family) tables.tokens.delete(hash);
      });
      hostEvents.push({ kind: 'revoked', family });
    },
    async findRevokedFamilies(families) {
      await step();
      const live = new Set([...tables.tokens.values()].map(({ family }) => family));
      return families.filter((family) => !live.has(family));
    },
    // No visitor of the simulation sends a file.
    findAttachments: async () => [],
    shareAttachments: async () => {},

    async lockVisitorConversation(visitorId) {
      await step();
      const table = tables.ofVisitor.get(visitorId);
      if (!table) return undefined;
      await lock(`conversation ${table.state.id}`);
      return beginChange(stateOf(table), now);
    },
    async lockConversation(accountId, conversationId) {
      await step();
      const table = tableOf(conversationId);
      if (!table || accountId !== tables.accountId) throw notFound('conversation');
      await lock(`conversation ${conversationId}`);
      return beginChange(stateOf(table), now);
    },
    async findConversation({ visitorId }) {
      await step();
      const table = tables.ofVisitor.get(visitorId);
      return table && stateOf(table);
    },
    async findConversationOf(accountId, conversationId) {
      await step();
      const table = tableOf(conversationId);
      const state = table && stateOf(table);
      const visitor = state && tables.visitors.get(state.visitorId);
      if (!visitor || accountId !== tables.accountId) return undefined;
      return { state, visitor: { ...visitor } };
    },
    async saveConversation(change) {
      await step();
      const state = { ...change.state };
      own.set(state.id, state);
      writes.push(() => write(tables, state, change));
      const [first, last] = [change.events[0], change.events.at(-1)];
      const { accountId, id: conversationId, visitorId } = state;
      if (first && last)
        hostEvents.push({
          kind: 'events',
          accountId,
          conversationId,
          visitorId,
          from: first.seq,
          to: last.seq,
          events: [...change.events],
        });
      if (change.jobs.length > 0) hostEvents.push({ kind: 'jobs' });
    },
    async sessionNumber(conversationId, sessionId) {
      await step();
      return tableOf(conversationId)?.sessions.get(sessionId)?.number ?? null;
    },
    async findInput(conversationId, id) {
      await step();
      const table = tableOf(conversationId);
      return { turn: table?.turns.get(id) ?? null, isMessage: table?.messages.has(id) ?? false };
    },
    async addTurn(turn) {
      await step();
      writes.push(() => addUnique(tableOf(turn.conversationId)!.turns, turn.id, turn, 'turn'));
    },
    async addRequest(conversationId, id, hash) {
      await step();
      const known = tableOf(conversationId)?.requests.get(id);
      if (known === undefined)
        writes.push(() => addUnique(tableOf(conversationId)!.requests, id, hash, 'request'));
      return known ?? null;
    },
    async findMessage(conversationId, id) {
      await step();
      return tableOf(conversationId)?.messages.get(id);
    },
    async listMessages(conversationId, before, limit) {
      await step();
      const all = [...(tableOf(conversationId)?.messages.values() ?? [])];
      return all
        .filter(({ seq }) => seq < before)
        .reverse()
        .slice(0, limit);
    },
    async countUnread(conversationId, after) {
      await step();
      const all = [...(tableOf(conversationId)?.messages.values() ?? [])];
      return all.filter(({ seq, author }) => seq > after && author.kind !== 'visitor').length;
    },
    async listEvents(conversationId, { after, upTo, types, limit }) {
      await step();
      const all = tableOf(conversationId)?.events ?? [];
      return all
        .slice(after, upTo)
        .filter(({ type }) => types === null || types.includes(type))
        .slice(0, limit);
    },

    async findInboxById(inboxId) {
      await step();
      return inboxId === tables.inbox.id ? tables.inbox : undefined;
    },
    async servedNow() {
      await step();
      const serving = tables.servings.find(({ until }) => until === null);
      return serving ? { id: serving.id, version: serving.version } : null;
    },
    async listServings(_inboxId, pin) {
      await step();
      return tables.servings.filter((serving) => isSameVersion(serving, pin));
    },
    async flowDocument(_accountId, pin) {
      await step();
      return tables.flows.get(versionKey(pin));
    },
    async lookUp() {
      await step();
      return tables.directory;
    },
    async openLoad(_accountId, agentIds) {
      await step();
      const load = new Map<string, number>();
      for (const { state } of tables.conversations.values()) {
        const { handler, status } = state;
        if (status === 'resolved' || handler?.kind !== 'agent' || !agentIds.includes(handler.id)) continue;
        load.set(handler.id, (load.get(handler.id) ?? 0) + 1);
      }
      return load;
    },
  };
  return { records, writes, hostEvents };
}

function isSameVersion(one: FlowPin, other: FlowPin): boolean {
  return one.id === other.id && one.version === other.version;
}

/** Writes a conversation change, with the checks of a database. */
function write(
  tables: Tables,
  state: ConversationState,
  { isNew, events, sessions, jobs }: ConversationChange,
): void {
  let table = tables.conversations.get(state.id);
  if (isNew) {
    table = {
      state,
      events: [],
      messages: new Map(),
      turns: new Map(),
      sessions: new Map(),
      requests: new Map(),
      jobs: new Map(),
    };
    addUnique(tables.ofVisitor, state.visitorId, table, 'conversation of visitor');
    addUnique(tables.conversations, state.id, table, 'conversation');
  }
  if (!table) throw new Error(`There is no conversation ${state.id}.`);
  table.state = state;
  for (const session of sessions) table.sessions.set(session.state.id, session.state);
  for (const event of events) {
    if (event.seq !== table.events.length + 1)
      throw new Error(`Event ${event.seq} of ${state.id} does not follow on ${table.events.length}.`);
    table.events.push(event);
    if (event.type === 'message') addUnique(table.messages, event.message.id, event.message, 'message');
  }
  for (const job of jobs) table.jobs.set(job.id, job);
}
