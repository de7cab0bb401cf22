/**
 * What a partner's backend does so that its signed-in people can use the host: it signs a short-lived token
 * for the agent that is signed in, with the account's signing key. The key stays on the server; the browser
 * only ever sees the token.
 *
 * @module
 */
import { createHmac } from 'node:crypto';

/** Who the token is for, and how long it lasts. */
export interface SessionTokenOptions {
  /** The account's id: `iss`. */
  accountId: string;
  /** The account's signing key, a secret that the host knows as well. */
  signingKey: string;
  /** The agent who is signed in: `sub`. */
  agentId: string;
  /** Now, in milliseconds since 1970. */
  now: number;
  /** Seconds until it stops working; the contract allows at most an hour. Default: 900. */
  lifetime?: number;
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A JWT (RFC 7519), signed with HS256, with the claims that the contract's `dashboardToken` asks for. */
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
