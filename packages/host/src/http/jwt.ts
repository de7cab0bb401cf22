import { CompactSign, compactVerify, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { isStorableJson } from '../storable-text.ts';

/** Claims of a token (RFC 7519); times in seconds since 1970. */
export interface Claims {
  iss?: string;
  sub?: string;
  aud?: string;
  exp?: number;
  nbf?: number;
  iat?: number;
  [claim: string]: unknown;
}

/** Maximum difference between the clocks of two machines. */
const LEEWAY_S = 60;

const ALGORITHM = 'HS256';

/** Reason for the refusal of a token. */
export type TokenFault = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'too-early' | 'too-long';

/** Result of a verification. */
export type TokenResult = { ok: true; claims: Claims } | { ok: false; fault: TokenFault };

/** What {@link verifyToken} compares a token with. */
export interface TokenRules {
  nowMs: number;
  /** Maximum time to the expiry, in seconds. */
  maxAheadS: number;
}

/** Signs and verifies tokens. */
export interface Jwt {
  signToken: typeof signToken;
  verifyToken: typeof verifyToken;
  isSignedBy: typeof isSignedBy;
}

/** Signs claims as an HS256 JWT. Rejects when `key` is empty. */
export function signToken(claims: Claims, key: string): Promise<string> {
  return new CompactSign(toBytes(JSON.stringify(claims)))
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .sign(toBytes(key));
}

/**
 * Verifies an HS256 JWT. Accepts no other algorithm, and no key in the header or behind a URL in it. Requires
 * `exp` at most `maxAheadS` seconds ahead; `nbf` must not be ahead. Any of `keys` may have signed the token,
 * so that a key can be replaced without an interruption.
 */
export async function verifyToken(
  token: string,
  keys: readonly string[],
  { nowMs, maxAheadS }: TokenRules,
): Promise<TokenResult> {
  const header = peekHeader(token);
  if (!header || !peekClaims(token)) return { ok: false, fault: 'malformed' };
  if (header.alg !== ALGORITHM) return { ok: false, fault: 'algorithm' };
  // `crit` lists extensions that must be understood. The host supports none (RFC 7515, section 4.1.11).
  if ('crit' in header) return { ok: false, fault: 'malformed' };
  const key = await findKey(token, keys);
  if (key === undefined) return { ok: false, fault: 'signature' };
  try {
    const { payload } = await jwtVerify(token, toBytes(key), {
      algorithms: [ALGORITHM],
      requiredClaims: ['exp'],
      currentDate: new Date(nowMs),
      clockTolerance: LEEWAY_S,
    });
    const isTooLong = payload.exp! > nowMs / 1000 + maxAheadS + LEEWAY_S;
    return isTooLong ? { ok: false, fault: 'too-long' } : { ok: true, claims: payload as Claims };
  } catch (error) {
    return { ok: false, fault: toFault(error) };
  }
}

/** Resolves with whether an HS256 token has the right signature. Does not check its claims. */
export function isSignedBy(token: string, key: string): Promise<boolean> {
  // Web Crypto does not import an empty key.
  if (key === '') return Promise.resolve(false);
  return compactVerify(token, toBytes(key), { algorithms: [ALGORITHM] }).then(
    () => true,
    () => false,
  );
}

/**
 * Returns the claims of a token without verification. Use them only to find the key that verifies the token.
 * Returns null when they are not a JSON object, or contain text that no database can store: claims become ids
 * and names.
 */
export function peekClaims(token: string): Claims | null {
  try {
    const claims = decodeJwt(token);
    return isStorableJson(claims) ? (claims as Claims) : null;
  } catch {
    return null;
  }
}

function peekHeader(token: string): ReturnType<typeof decodeProtectedHeader> | null {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return null;
  }
}

async function findKey(token: string, keys: readonly string[]): Promise<string | undefined> {
  for (const key of keys) if (await isSignedBy(token, key)) return key;
  return undefined;
}

/** Returns the fault of a token with a right signature. */
function toFault(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'malformed';
  if (error.claim === 'exp') return 'expired';
  return error.claim === 'nbf' ? 'too-early' : 'malformed';
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
