import type { Facts } from '@alur/flow';
import { one, type Transaction } from '../database/transaction.ts';
import { hashOf, newId, newSecret } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { InboxRow } from './inboxes.ts';
import { cleanFacts, mergeFacts } from './facts.ts';
import { touch, type Contact } from './used-time.ts';
import { canonical } from './verdict.ts';

/** A row of `visitors`. */
export interface VisitorRow {
  id: string;
  account_id: string;
  inbox_id: string;
  subject: string | null;
  verified: boolean;
  name: string | null;
  email: string | null;
  phone: string | null;
  attributes: Record<string, string>;
  contact_at: Date;
  contact_before: Date;
}

/** Who a site's backend vouched for. */
export interface Identity {
  subject: string;
  name?: string;
  email?: string;
  phone?: string;
}

/** A visitor with new tokens; the access token is signed outside, it needs no database. */
export interface VisitorGrant {
  visitorId: string;
  accountId: string;
  verified: boolean;
  refreshToken: string;
}

/** A refresh token lives this long after its last use. */
const REFRESH_DAYS = 30;

/** Begins a visitor: a new anonymous one, or the verified one of this subject, whose details are brought up to date. */
export async function createVisitor(
  tx: Transaction,
  { accountId, inboxId, identity }: { accountId: string; inboxId: string; identity: Identity | null },
): Promise<VisitorGrant> {
  const { visitor } = cleanFacts({ visitor: { ...identity } });
  const row = await one<{ id: string }>(
    tx,
    `insert into visitors
       (id, account_id, inbox_id, subject, verified, name, email, phone, attributes, contact_at, contact_before, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, '{}', $9, $9, $9)
     on conflict (inbox_id, subject) where subject is not null do update
       set name = coalesce(excluded.name, visitors.name), email = coalesce(excluded.email, visitors.email),
           phone = coalesce(excluded.phone, visitors.phone)
     returning id`,
    [
      newId('vis'),
      accountId,
      inboxId,
      identity?.subject ?? null,
      identity !== null,
      visitor?.name ?? null,
      visitor?.email ?? null,
      visitor?.phone ?? null,
      tx.now,
    ],
  );
  if (!row) throw new Error('The visitor was not stored.');
  const refreshToken = newSecret();
  await storeToken(tx, row.id, newId('fam'), hashOf(refreshToken));
  return { visitorId: row.id, accountId, verified: identity !== null, refreshToken };
}

/**
 * Trades a refresh token. `successor` is derived from it with the host's secret, so the predecessor can be given the very same one
 * again without any token being kept in the clear: for as long as the successor was never used, because its answer may have been lost and
 * with it the visitor's conversation. Null when it is unknown, expired, or used again after its successor was: then the whole family dies,
 * because one of its two holders stole it.
 */
export async function refreshVisitor(
  tx: Transaction,
  { inboxId, token, successor }: { inboxId: string; token: string; successor: string },
): Promise<VisitorGrant | null> {
  const row = await one<{
    family: string;
    used_at: Date | null;
    expires_at: Date;
    visitor_id: string;
    account_id: string;
    verified: boolean;
    contact_at: Date;
    contact_before: Date;
  }>(
    tx,
    `select t.family, t.used_at, t.expires_at, v.id as visitor_id, v.account_id, v.verified, v.contact_at, v.contact_before
     from refresh_tokens t join visitors v on v.id = t.visitor_id
     where t.hash = $1 and v.inbox_id = $2 for update of t`,
    [hashOf(token), inboxId],
  );
  if (!row || row.expires_at <= tx.now) return null;
  const grant = {
    visitorId: row.visitor_id,
    accountId: row.account_id,
    verified: row.verified,
    refreshToken: successor,
  };
  if (row.used_at === null) {
    await tx.query('update refresh_tokens set used_at = $2 where hash = $1', [hashOf(token), tx.now]);
    await storeToken(tx, row.visitor_id, row.family, hashOf(successor));
  } else if (!(await isUnused(tx, successor))) {
    await tx.query('delete from refresh_tokens where family = $1', [row.family]);
    return null;
  }
  const contact = { at: row.contact_at.getTime(), before: row.contact_before.getTime() };
  await noteContact(tx, row.visitor_id, contact, touch(contact, tx.now.getTime()));
  return grant;
}

async function isUnused(tx: Transaction, token: string): Promise<boolean> {
  const row = await one<{ used_at: Date | null }>(tx, 'select used_at from refresh_tokens where hash = $1', [
    hashOf(token),
  ]);
  return row?.used_at === null;
}

async function storeToken(tx: Transaction, visitorId: string, family: string, hash: string): Promise<void> {
  await tx.query(
    'insert into refresh_tokens (hash, family, visitor_id, expires_at) values ($1, $2, $3, $4)',
    [hash, family, visitorId, new Date(tx.now.getTime() + REFRESH_DAYS * 86_400_000)],
  );
}

/** The visitor of this inbox, with the inbox; the visitor's row locked until the transaction ends. Throws `not_found`. */
export async function lockVisitor(
  tx: Transaction,
  visitorId: string,
  inboxId: string,
): Promise<VisitorRow & { inbox: InboxRow }> {
  const row = await one<VisitorRow & { inbox: InboxRow }>(
    tx,
    `select v.*, to_jsonb(i) as inbox from visitors v join inboxes i on i.id = v.inbox_id
     where v.id = $1 and v.inbox_id = $2 for update of v`,
    [visitorId, inboxId],
  );
  if (!row) throw notFound('visitor');
  return row;
}

/** Writes a contact when it began a new spell. */
export async function noteContact(
  tx: Transaction,
  visitorId: string,
  before: Contact,
  after: Contact,
): Promise<void> {
  if (after === before) return;
  await tx.query('update visitors set contact_at = $2, contact_before = $3 where id = $1', [
    visitorId,
    new Date(after.at),
    new Date(after.before),
  ]);
}

/**
 * Takes over what a turn says about its visitor and gives all that is known now. Of a verified visitor only attributes are kept: a name
 * or an address that nobody vouched for must not be shown beside the verified ones.
 */
export async function updateVisitorFacts(
  tx: Transaction,
  visitor: VisitorRow,
  claimed: Facts | undefined,
): Promise<Facts> {
  const before = mergeFacts(visitor, {});
  if (!claimed) return before;
  const after = mergeFacts(visitor, cleanFacts(claimed));
  if (canonical(after) === canonical(before)) return after;
  const { attributes = {}, ...said } = after.visitor ?? {};
  const { name = null, email = null, phone = null } = visitor.verified ? (before.visitor ?? {}) : said;
  await tx.query(
    'update visitors set name = $2, email = $3, phone = $4, attributes = $5::jsonb where id = $1',
    [visitor.id, name, email, phone, JSON.stringify(attributes)],
  );
  return after;
}
