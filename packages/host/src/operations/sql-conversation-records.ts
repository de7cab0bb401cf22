import type { ConversationEvent, Message, TurnResult } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import {
  conversationOf,
  lockConversation,
  lockVisitorConversation,
  saveConversation,
  type ConversationRow,
} from './conversation-store.ts';
import type { ConversationRecords, VisitorCard } from './records.ts';

/** Returns the SQL implementation for conversations, their turns and their logs. */
export function sqlConversationRecords(tx: Transaction): ConversationRecords {
  return {
    lockVisitorConversation: (visitorId) => lockVisitorConversation(tx, visitorId),
    lockConversation: (accountId, conversationId) => lockConversation(tx, accountId, conversationId),
    saveConversation: (change) => saveConversation(tx, change),

    async findConversation({ visitorId, inboxId }) {
      const row = await queryOne<ConversationRow>(
        tx,
        'select * from conversations where visitor_id = $1 and inbox_id = $2',
        [visitorId, inboxId],
      );
      return row && conversationOf(row);
    },

    async findConversationOf(accountId, conversationId) {
      const row = await queryOne<ConversationRow & { visitor: VisitorCard }>(
        tx,
        `${WITH_VISITOR} where c.account_id = $1 and c.id = $2`,
        [accountId, conversationId],
      );
      return row && { state: conversationOf(row), visitor: row.visitor };
    },

    async sessionNumber(conversationId, sessionId) {
      const row = await queryOne<{ number: number }>(
        tx,
        'select number from sessions where conversation_id = $1 and id = $2',
        [conversationId, sessionId],
      );
      return row?.number ?? null;
    },

    async findInput(conversationId, id) {
      const row = await queryOne<{
        input_hash: string | null;
        result: TurnResult | null;
        is_message: boolean;
      }>(
        tx,
        `select t.input_hash, t.result,
           exists (select 1 from events e where e.conversation_id = $1 and e.message_id = $2) as is_message
         from (select 1) as one left join turns t on t.conversation_id = $1 and t.id = $2`,
        [conversationId, id],
      );
      const { input_hash: inputHash, result, is_message: isMessage } = row ?? {};
      return { turn: inputHash && result ? { inputHash, result } : null, isMessage: isMessage ?? false };
    },

    async addTurn(turn) {
      await tx.query(
        `insert into turns (conversation_id, id, seq, session_id, input, input_hash, used_at, received_at, effects,
           result, engine_revision, zone_offsets)
         values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12::jsonb)`,
        [
          turn.conversationId,
          turn.id,
          turn.seq,
          turn.sessionId,
          JSON.stringify(turn.input),
          turn.inputHash,
          turn.usedAt,
          tx.now,
          JSON.stringify(turn.effects),
          JSON.stringify(turn.result),
          turn.engineRevision,
          turn.zoneOffsets && JSON.stringify(turn.zoneOffsets),
        ],
      );
    },

    async addRequest(conversationId, id, hash) {
      const added = await tx.query(
        `insert into visitor_requests (conversation_id, id, hash) values ($1, $2, $3)
         on conflict (conversation_id, id) do nothing returning id`,
        [conversationId, id, hash],
      );
      if (added.length > 0) return null;
      const known = await queryOne<{ hash: string }>(
        tx,
        'select hash from visitor_requests where conversation_id = $1 and id = $2',
        [conversationId, id],
      );
      return known?.hash ?? null;
    },

    async findMessage(conversationId, id) {
      const row = await queryOne<{ message: Message }>(
        tx,
        `select body->'message' as message from events where conversation_id = $1 and message_id = $2`,
        [conversationId, id],
      );
      return row?.message;
    },

    async listMessages(conversationId, before, limit) {
      const rows = await tx.query<{ message: Message }>(
        `select body->'message' as message from events
         where conversation_id = $1 and message_id is not null and seq < $2 order by seq desc limit $3`,
        [conversationId, before, limit],
      );
      return rows.map(({ message }) => message);
    },

    async countUnread(conversationId, after) {
      const row = await queryOne<{ count: number }>(
        tx,
        `select count(*)::int as count from events where conversation_id = $1 and message_id is not null and seq > $2
           and body->'message'->'author'->>'kind' <> 'visitor'`,
        [conversationId, after],
      );
      return row?.count ?? 0;
    },

    async listEvents(conversationId, { after, upTo, types, limit }) {
      const rows = await tx.query<{ body: ConversationEvent }>(
        `select body from events where conversation_id = $1 and seq > $2 and seq <= $3
           and ($4::text[] is null or type = any($4::text[])) order by seq limit $5`,
        [conversationId, after, upTo, types && [...types], limit],
      );
      return rows.map(({ body }) => body);
    },
  };
}

/** SQL that selects conversations with the visitor details that agents see. */
export const WITH_VISITOR = `select c.*, jsonb_build_object('id', v.id, 'verified', v.verified, 'name', v.name, 'email', v.email,
    'phone', v.phone, 'attributes', v.attributes, 'token_attributes', v.token_attributes, 'erased', v.erased_at is not null) as visitor
  from conversations c join visitors v on v.id = c.visitor_id`;
