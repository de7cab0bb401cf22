/**
 * Creates the token with which a partner's signed-in users call the host. The partner's backend signs a
 * short-lived token for the signed-in agent with the account's signing key. The key stays on the server; the
 * browser receives only the token.
 *
 * @module
 */
import { SignJWT } from 'jose';

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

/** Returns a JWT (RFC 7519), signed with HS256, with the claims of the contract's `dashboardToken`. */
export function signSessionToken(options: SessionTokenOptions): Promise<string> {
  const { accountId, signingKey, agentId, now, lifetime = 900 } = options;
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ roles: ['admin', 'agent'] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(accountId)
    .setSubject(agentId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(new TextEncoder().encode(signingKey));
}
