import type { Facts, VerifiedVisitor } from '@alur/flow';
import { hashOf, newId, newSecret } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { cleanFacts, detailsAfter, mergeClaims, visitorOf } from './facts.ts';
import type { Inbox } from './inboxes.ts';
import type { InboxScope, Records, VisitorRow, VisitorScope } from './records.ts';
import { touch, type Contact } from './effective-time.ts';
import { canonical } from './compare-claim.ts';

/** Visitor as the site's backend states it in an identity token. */
export interface Identity extends VerifiedVisitor {
  subject: string;
}

/** Visitor with new tokens. The access token is signed outside, because that needs no database. */
export interface VisitorGrant {
  visitorId: string;
  accountId: string;
  verified: boolean;
  refreshToken: string;
  /** Family of the refresh token. Access tokens name it, so that they end with it. */
  family: string;
}

/** Days for which a refresh token is valid after its last use. */
const REFRESH_DAYS = 30;
/**
 * Time after its exchange in which a refresh token may be used again, whether or not its successor was used:
 * by another tab, or late.
 */
const GRACE_MS = 60_000;

/**
 * Creates an anonymous visitor, or the verified visitor of this subject. Updates the details of a verified
 * visitor that exists.
 */
export async function createVisitor(
  records: Records,
  { accountId, inboxId, identity }: { accountId: string; inboxId: string; identity: Identity | null },
): Promise<VisitorGrant> {
  const visitorId = await records.addVisitor({
    id: newId('vis'),
    account_id: accountId,
    inbox_id: inboxId,
    subject: identity?.subject ?? null,
    verified: identity !== null,
    name: identity?.name ?? null,
    email: identity?.email ?? null,
    phone: identity?.phone ?? null,
    token_attributes: identity?.attributes ?? {},
  });
  const refreshToken = newSecret();
  const family = newId('fam');
  await keepToken(records, visitorId, family, refreshToken);
  return { visitorId, accountId, verified: identity !== null, refreshToken, family };
}

/**
 * Exchanges a refresh token. `successor` is derived from it with the host's secret, so the host can return
 * the same successor again without storing a token in the clear. It does so for a minute in any case, and for
 * as long as the successor was never used: the response may have been lost, and with it the visitor's
 * conversation. Returns null when the token is unknown, expired, or used again later than that. In the last
 * case the whole family is revoked, because one of its two holders stole it
 * (docs/decisions/0008-refresh-tokens.md).
 */
export async function refreshVisitor(
  records: Records,
  { inboxId, token, successor }: InboxScope & { token: string; successor: string },
): Promise<VisitorGrant | null> {
  const known = await records.lockToken(hashOf(token), inboxId);
  if (!known || known.expiresAt <= records.now) return null;
  const { family, visitor, usedAt } = known;
  if (usedAt === null) await keepToken(records, visitor.id, family, successor);
  if (usedAt === null || (await records.findTokenUse(hashOf(successor))) === null) {
    await records.setTokenUsed(hashOf(token));
  } else if (records.now.getTime() - usedAt.getTime() > GRACE_MS) {
    await records.deleteTokens(family);
    return null;
  }
  await noteContact(records, visitor.id, contactOf(visitor));
  return {
    visitorId: visitor.id,
    accountId: visitor.account_id,
    verified: visitor.verified,
    refreshToken: successor,
    family,
  };
}

/** Returns those of these refresh-token families that were revoked or have expired. */
export function findRevokedFamilies(
  records: Records,
  { families }: { families: readonly string[] },
): Promise<string[]> {
  return records.findRevokedFamilies(families);
}

async function keepToken(records: Records, visitorId: string, family: string, token: string): Promise<void> {
  const expiresAt = new Date(records.now.getTime() + REFRESH_DAYS * 86_400_000);
  await records.addToken({ hash: hashOf(token), family, visitorId, expiresAt });
}

/**
 * Returns the visitor of this inbox, with the inbox, and locks it until the transaction ends. Throws
 * `unauthenticated`.
 */
export async function lockVisitor(
  records: Records,
  scope: VisitorScope,
): Promise<{ visitor: VisitorRow; inbox: Inbox }> {
  const found = await records.lockVisitor(scope);
  if (!found) throw nobody();
  return found;
}

/**
 * Checks that the visitor of a token still exists, and returns the last contact. Throws `unauthenticated`.
 */
export async function requireVisitor(records: Records, scope: VisitorScope): Promise<Contact> {
  const contact = await records.findContact(scope);
  if (!contact) throw nobody();
  return contact;
}

/**
 * Returns the error for a visitor who does not exist. A token is valid for a quarter of an hour and may
 * outlive its visitor.
 */
export function nobody(): HostProblem {
  return new HostProblem(
    'unauthenticated',
    'The visitor of this token does not exist any more. Create a new visitor.',
  );
}

/** Returns the last contact of a visitor. */
export function contactOf({ contact_at, contact_before }: VisitorRow): Contact {
  return { at: contact_at.getTime(), before: contact_before.getTime() };
}

/** Stores a contact at the current time, if it begins a new contact period. */
export async function noteContact(records: Records, visitorId: string, contact: Contact): Promise<void> {
  const after = touch(contact, records.now.getTime());
  if (after !== contact) await records.setContact(visitorId, after);
}

/**
 * Stores the claims of a turn about its visitor and returns the facts that a flow may use. The name, email
 * and phone of a verified visitor come only from the identity token.
 */
export async function updateVisitorFacts(
  records: Records,
  visitor: VisitorRow,
  claimed: Facts | undefined,
): Promise<Facts> {
  const claims = mergeClaims(visitor, cleanFacts(claimed));
  const details = detailsAfter(visitor, claims);
  const { name, email, phone, attributes } = visitor;
  if (canonical(details) !== canonical({ name, email, phone, attributes }))
    await records.setVisitorDetails(visitor.id, details);
  return { visitor: visitorOf(visitor, claims) };
}
