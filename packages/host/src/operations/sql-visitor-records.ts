import type { Attachment } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import type { VisitorRecords, VisitorRow } from './records.ts';
import { inboxOf, type InboxRow } from './sql-inbox-records.ts';

/** Returns the SQL implementation for visitors and their refresh tokens. */
export function sqlVisitorRecords(tx: Transaction): VisitorRecords {
  return {
    async lockVisitor({ visitorId, inboxId }) {
      const row = await queryOne<VisitorRow & { inbox: InboxRow }>(
        tx,
        `select v.*, to_jsonb(i) as inbox from visitors v join inboxes i on i.id = v.inbox_id
         where v.id = $1 and v.inbox_id = $2 for update of v`,
        [visitorId, inboxId],
      );
      return row && { visitor: row, inbox: inboxOf(row.inbox) };
    },

    async findContact({ visitorId, inboxId }) {
      const row = await queryOne<{ contact_at: Date; contact_before: Date }>(
        tx,
        'select contact_at, contact_before from visitors where id = $1 and inbox_id = $2',
        [visitorId, inboxId],
      );
      return row && { at: row.contact_at.getTime(), before: row.contact_before.getTime() };
    },

    async setContact(visitorId, { at, before }) {
      // A read goes on without it.
      if (tx.isReadOnly) return;
      await tx.query('update visitors set contact_at = $2, contact_before = $3 where id = $1', [
        visitorId,
        new Date(at),
        new Date(before),
      ]);
    },

    async setVisitorDetails(visitorId, { name, email, phone, attributes }) {
      await tx.query(
        'update visitors set name = $2, email = $3, phone = $4, attributes = $5::jsonb where id = $1',
        [visitorId, name, email, phone, JSON.stringify(attributes)],
      );
    },

    async addVisitor(visitor) {
      const { id, account_id, inbox_id, subject, verified, name, email, phone, token_attributes } = visitor;
      const row = await queryOne<{ id: string }>(
        tx,
        `insert into visitors
           (id, account_id, inbox_id, subject, verified, name, email, phone, attributes, token_attributes,
            contact_at, contact_before, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '{}', $9::jsonb, $10, $10, $10)
         on conflict (inbox_id, subject) where subject is not null do update
           set name = excluded.name, email = excluded.email, phone = excluded.phone,
               token_attributes = excluded.token_attributes
         returning id`,
        [
          id,
          account_id,
          inbox_id,
          subject,
          verified,
          name,
          email,
          phone,
          JSON.stringify(token_attributes),
          tx.now,
        ],
      );
      if (!row) throw new Error('The visitor was not stored.');
      return row.id;
    },

    async lockToken(hash, inboxId) {
      const row = await queryOne<VisitorRow & { family: string; used_at: Date | null; expires_at: Date }>(
        tx,
        `select v.*, t.family, t.used_at, t.expires_at
         from refresh_tokens t join visitors v on v.id = t.visitor_id
         where t.hash = $1 and v.inbox_id = $2 for update of t`,
        [hash, inboxId],
      );
      return row && { family: row.family, usedAt: row.used_at, expiresAt: row.expires_at, visitor: row };
    },

    async findTokenUse(hash) {
      const row = await queryOne<{ used_at: Date | null }>(
        tx,
        'select used_at from refresh_tokens where hash = $1',
        [hash],
      );
      return row?.used_at;
    },

    async addToken({ hash, family, visitorId, expiresAt }) {
      await tx.query(
        'insert into refresh_tokens (hash, family, visitor_id, expires_at) values ($1, $2, $3, $4)',
        [hash, family, visitorId, expiresAt],
      );
    },

    async setTokenUsed(hash) {
      await tx.query('update refresh_tokens set used_at = $2 where hash = $1', [hash, tx.now]);
    },

    async deleteTokens(family) {
      await tx.query('delete from refresh_tokens where family = $1', [family]);
      tx.notify({ kind: 'revoked', family });
    },

    async findRevokedFamilies(families) {
      const rows = await tx.query<{ family: string }>(
        `select family from unnest($1::text[]) as family
         where not exists (select 1 from refresh_tokens t where t.family = family.family)`,
        [[...families]],
      );
      return rows.map(({ family }) => family);
    },

    async findAttachments(visitorId, ids) {
      const rows = await tx.query<{ about: Attachment }>(
        `select about from attachments
         where visitor_id = $1 and id = any($2::text[]) and stored_at is not null`,
        [visitorId, [...ids]],
      );
      return rows.map(({ about }) => about);
    },

    async shareAttachments(conversationId, ids) {
      await tx.query(
        `with shared as (
           update attachments set conversation_id = $1 where id = any($2::text[]) and conversation_id is null
           returning account_id, inbox_id, size
         )
         update attachment_usage u set unused_bytes = u.unused_bytes - s.size
         from (select account_id, inbox_id, sum(size) as size from shared group by account_id, inbox_id) s
         where u.account_id = s.account_id and u.inbox_id = s.inbox_id`,
        [conversationId, [...ids]],
      );
    },
  };
}
