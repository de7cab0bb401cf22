import { readIdentityToken, type IdentityClaims } from './read-identity-token.ts';
import type { VerbQueue } from './verb-queue.ts';

/** Returns a JWT from the site's backend. */
export type IdentityProvider = () => Promise<string>;

/** The current visitor, as identification uses it. */
export interface IdentifiedVisitor {
  readonly who: string;
  readonly queue: Pick<VerbQueue, 'limit'>;
  readonly reportIdentity: (error: unknown) => never;
  switchTo(claims: IdentityClaims, identity: IdentityProvider): void;
  noteClaims(who: string, verified: IdentityClaims['verified']): void;
}

/** The lazy module of `identify`. */
export interface IdentifyModule {
  identifyVisitor(provider: IdentityProvider, visitor: IdentifiedVisitor): Promise<void>;
}

/**
 * Identifies the visitor by the token of `provider`. Does nothing if it is the current person. Rejects when
 * no token arrives in time, and for an invalid token. Then nothing changes.
 */
export async function identifyVisitor(provider: IdentityProvider, visitor: IdentifiedVisitor): Promise<void> {
  const { who, ...rest } = await askIdentity();
  let first: typeof rest | null = rest;
  if (who === visitor.who) return;
  visitor.switchTo({ who, ...rest }, async () => {
    // The first token is used once. Later ones are requested when they are needed.
    const { token, verified } = first ?? (await askIdentity(who).catch(visitor.reportIdentity));
    first = null;
    visitor.noteClaims(who, verified);
    return token;
  });

  /** Requests a token from the page and reads its subject, which must be `expected` if given. */
  async function askIdentity(expected?: string) {
    const token = await visitor.queue.limit(provider());
    const claims = readIdentityToken(token);
    if (expected !== undefined && claims.who !== expected) throw new Error('The token is for another user.');
    return { token, ...claims };
  }
}
