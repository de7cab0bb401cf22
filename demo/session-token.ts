/**
 * Creates the token with which a partner's signed-in users call the host. The partner's backend signs a
 * short-lived token for the signed-in agent with the account's signing key. The key stays on the server; the
 * browser receives only the token.
 *
 * @module
 */
import { createHmac } from 'node:crypto';

/** Claims and lifetime of the token. */
export interface SessionTokenOptions {
  /** The account's id: `iss`. */
  accountId: string;
  /** The account's signing key, a secret that the host has as well. */
  signingKey: string;
  /** The agent who is signed in: `sub`. */
  agentId: string;
  /** Now, in milliseconds since 1970. */
  now: number;
  /** Seconds until it expires; the contract allows at most an hour. Default: 900. */
  lifetime?: number;
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Returns a JWT (RFC 7519), signed with HS256, with the claims of the contract's `dashboardToken`. */
export function signSessionToken(options: SessionTokenOptions): string {
  const { accountId, signingKey, agentId, now, lifetime = 900 } = options;
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    iss: accountId,
    sub: agentId,
    roles: ['admin', 'agent'],
    iat: issuedAt,
    exp: issuedAt + lifetime,
  };
  const signed = `${segment({ alg: 'HS256', typ: 'JWT' })}.${segment(claims)}`;
  return `${signed}.${createHmac('sha256', signingKey).update(signed).digest('base64url')}`;
}
