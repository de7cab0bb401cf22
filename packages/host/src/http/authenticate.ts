import { cleanVisitor } from '@alur/flow';
import { hashOf } from '../ids.ts';
import type { Identity } from '../operations/visitors.ts';
import { HostProblem } from '../problem.ts';
import { peekClaims, type Claims } from './jwt.ts';
import { tooMany } from './rate-limit.ts';
import type { Services } from './services.ts';

/** A visitor of one inbox. */
export interface VisitorCaller {
  kind: 'visitor';
  visitorId: string;
  inboxId: string;
  accountId: string;
  /** The family of refresh tokens that the access token belongs to; null in tokens of earlier versions. */
  family: string | null;
  /** Expiry of the access token in milliseconds since 1970. */
  expiresAt: number;
}

/** A partner's backend, or a user that it signed in. */
export interface DashboardCaller {
  kind: 'dashboard';
  accountId: string;
  /** The agent of a JWT; null with an API key. */
  agentId: string | null;
  /** With an API key: all roles. */
  roles: readonly string[];
  /** Key of this token holder for rate limits. */
  holder: string;
  /** Expiry of the JWT in milliseconds since 1970; null with an API key. */
  expiresAt: number | null;
  /** Rejects with `unauthenticated` once the same credentials are refused. */
  authenticate: () => Promise<DashboardCaller>;
}

export type Caller = VisitorCaller | DashboardCaller;

/**
 * Lifetime of a visitor's access token. The value is random between these two, so that visitors who started
 * together do not renew together.
 */
const ACCESS_SECONDS = { shortest: 12 * 60, longest: 15 * 60 };
/** Maximum time to the expiry of a dashboard's JWT or a site's identity JWT. */
const MAX_AHEAD_S = 3_600;
const AUDIENCE = 'alur-visitor';

/** Signs an access token of one visitor. Its verification needs no database. `expiresIn` is in seconds. */
export async function signVisitorToken(
  { jwt, secret, clock, random }: Pick<Services, 'jwt' | 'secret' | 'clock' | 'random'>,
  { visitorId, inboxId, accountId, family }: Omit<VisitorCaller, 'kind' | 'expiresAt'>,
): Promise<{ token: string; expiresIn: number }> {
  const { shortest, longest } = ACCESS_SECONDS;
  const expiresIn = shortest + Math.floor(random() * (longest - shortest + 1));
  const exp = Math.floor(clock() / 1000) + expiresIn;
  const claims = { aud: AUDIENCE, sub: visitorId, inbox: inboxId, account: accountId, fam: family, exp };
  return { token: await jwt.signToken(claims, secret), expiresIn };
}

/**
 * Returns the visitor that an access token names. Refuses a token of another inbox or of a revoked family.
 */
export async function authenticateVisitor(
  services: Pick<Services, 'jwt' | 'secret' | 'clock' | 'access'>,
  authorization: string | undefined,
  inboxId: string,
): Promise<VisitorCaller> {
  const token = bearer(authorization);
  const claims = await verify(services, token, [services.secret], ACCESS_SECONDS.longest);
  const { sub, inbox, account, aud, fam } = claims;
  if (aud !== AUDIENCE || !sub || inbox !== inboxId || typeof account !== 'string')
    throw unauthenticated('This token is not for this inbox.');
  const family = typeof fam === 'string' ? fam : null;
  if (family !== null && services.access.isRevoked(family))
    throw unauthenticated('This token was revoked. Create a new visitor.');
  const expiresAt = Number(claims.exp) * 1000;
  return { kind: 'visitor', visitorId: sub, inboxId, accountId: account, family, expiresAt };
}

/** Authenticates a caller of the dashboard API: by an API key, or by a JWT signed with the account's key. */
export async function authenticateDashboard(
  services: Pick<Services, 'jwt' | 'clock' | 'lookups' | 'limits' | 'limiter'>,
  authorization: string | undefined,
  address: string,
): Promise<DashboardCaller> {
  const token = bearer(authorization);
  const authenticate = () => authenticateDashboard(services, authorization, address);
  if (token.split('.').length !== 3) {
    const hash = hashOf(token);
    const refund = reserveRefusal(services, address, token);
    const account = await services.lookups.accountByKey(hash, address).catch((error: unknown) => {
      // A failure of the database does not mean that the key is wrong.
      refund();
      throw error;
    });
    if (!account) throw unauthenticated('There is no such API key.');
    refund();
    return {
      kind: 'dashboard',
      accountId: account.id,
      agentId: null,
      roles: ['admin', 'agent'],
      holder: hash,
      expiresAt: null,
      authenticate,
    };
  }
  const issuer = peekClaims(token)?.iss;
  const account =
    typeof issuer === 'string' && issuer !== '' ? await services.lookups.account(issuer, address) : null;
  // A token of an unknown issuer is verified too, so that it looks the same as a wrong signature.
  const { sub, roles, exp } = await verifyOrCount(services, token, account?.signingKeys ?? [''], address);
  if (!account || typeof sub !== 'string' || sub === '')
    throw unauthenticated('The token does not say for whom it is.');
  if (account.deactivatedAgentIds.includes(sub)) throw unauthenticated('This agent is deactivated.');
  const known = Array.isArray(roles) ? roles.filter((role) => role === 'admin' || role === 'agent') : [];
  return {
    kind: 'dashboard',
    accountId: account.id,
    agentId: sub,
    roles: known as string[],
    holder: `${account.id} ${sub}`,
    expiresAt: Number(exp) * 1000,
    authenticate,
  };
}

/** Verifies a site's identity token. Throws `unauthenticated`, `token_expired`. */
export async function verifyIdentity(
  services: Pick<Services, 'jwt' | 'clock'>,
  token: string,
  inbox: { id: string; identityKeys: string[] },
): Promise<Identity> {
  const claims = await verify(services, token, inbox.identityKeys, MAX_AHEAD_S);
  const { sub, aud } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 255)
    throw unauthenticated('The identity token needs a "sub" of 1 to 255 characters.');
  if (aud !== undefined && aud !== inbox.id)
    throw unauthenticated('The identity token is for another inbox.');
  const { name, email, phone, attributes } = claims;
  return { subject: sub, ...cleanVisitor({ name, email, phone, attributes }) };
}

/**
 * Length of the prefix of an API key by which wrong keys are counted. The same prefix identifies a key in a
 * list.
 */
const KEY_PREFIX = 6;

/**
 * Counts an API key as a wrong one before the look-up. Returns a function that takes the count back. A key
 * that was valid within the last minute is not counted. Throws `rate_limited`.
 */
function reserveRefusal(
  { lookups, limits, limiter }: Pick<Services, 'lookups' | 'limits' | 'limiter'>,
  address: string,
  key: string,
): () => void {
  if (!limits || lookups.wasValid(hashOf(key))) return () => {};
  const counted = [
    { name: `refused ${address} ${key.slice(0, KEY_PREFIX)}`, rate: limits.refusalsPerKey },
    { name: `refused ${address}`, rate: limits.refusalsPerAddress },
  ];
  const taken: typeof counted = [];
  const refund = (): void => taken.forEach(({ name, rate }) => limiter.giveBack(name, rate));
  for (const count of counted) {
    const wait = limiter.take(count.name, count.rate);
    if (wait > 0) {
      refund();
      throw tooMany(wait);
    }
    taken.push(count);
  }
  return refund;
}

/**
 * Verifies a dashboard's JWT. A wrong one counts for its address. A JWT with a right signature never counts,
 * even when it has expired.
 */
async function verifyOrCount(
  services: Pick<Services, 'jwt' | 'clock' | 'limits' | 'limiter'>,
  token: string,
  keys: readonly string[],
  address: string,
): Promise<Claims> {
  try {
    return await verify(services, token, keys, MAX_AHEAD_S);
  } catch (error) {
    const { jwt, limits, limiter } = services;
    if (!limits) throw error;
    const isSigned = await Promise.all(keys.map((key) => jwt.isSignedBy(token, key)));
    if (isSigned.includes(true)) throw error;
    const wait = limiter.take(`refused ${address}`, limits.refusalsPerAddress);
    throw wait > 0 ? tooMany(wait) : error;
  }
}

async function verify(
  { jwt, clock }: Pick<Services, 'jwt' | 'clock'>,
  token: string,
  keys: readonly string[],
  maxAheadS: number,
): Promise<Claims> {
  const result = await jwt.verifyToken(token, keys, { nowMs: clock(), maxAheadS });
  if (result.ok) return result.claims;
  switch (result.fault) {
    case 'expired':
      throw new HostProblem('token_expired', 'The token has expired. Get a new one.');
    case 'too-long':
      throw unauthenticated(`The token must not be valid for more than ${maxAheadS} seconds.`);
    case 'algorithm':
      throw unauthenticated('Only HS256 tokens are taken.');
    default:
      throw unauthenticated('The token is not valid.');
  }
}

function bearer(authorization: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw unauthenticated('Send "Authorization: Bearer …".');
  return token;
}

function unauthenticated(detail: string): HostProblem {
  return new HostProblem('unauthenticated', detail);
}
