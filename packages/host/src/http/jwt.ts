import { createHmac, timingSafeEqual } from 'node:crypto';
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

/** Reason for the refusal of a token. */
export type TokenFault = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'too-early' | 'too-long';

/** Signs claims as an HS256 JWT. */
export function signToken(claims: Claims, key: string): string {
  const head = encode({ alg: 'HS256', typ: 'JWT' });
  const body = encode(claims);
  return `${head}.${body}.${signature(`${head}.${body}`, key).toString('base64url')}`;
}

/**
 * Verifies an HS256 JWT. Accepts no other algorithm, and no key in the header or behind a URL in it. Requires
 * `exp` at most `maxAheadS` seconds ahead; `nbf` must not be ahead. Any of `keys` may have signed the token,
 * so that a key can be replaced without an interruption.
 */
export function verifyToken(
  token: string,
  keys: readonly string[],
  { nowMs, maxAheadS }: { nowMs: number; maxAheadS: number },
): { ok: true; claims: Claims } | { ok: false; fault: TokenFault } {
  const parts = token.split('.');
  const [head = '', body = '', given = ''] = parts;
  const header = decode(head);
  const claims = decode(body) as Claims | null;
  if (parts.length !== 3 || !header || !claims) return { ok: false, fault: 'malformed' };
  if (header['alg'] !== 'HS256') return { ok: false, fault: 'algorithm' };
  // `crit` lists extensions that must be understood. The host supports none (RFC 7515, section 4.1.11).
  if ('crit' in header) return { ok: false, fault: 'malformed' };
  const mac = Buffer.from(given, 'base64url');
  const isSigned = keys.some((key) => key !== '' && sameBytes(mac, signature(`${head}.${body}`, key)));
  if (!isSigned) return { ok: false, fault: 'signature' };
  const { exp, nbf } = claims;
  const nowS = nowMs / 1000;
  if (typeof exp !== 'number' || exp + LEEWAY_S < nowS) return { ok: false, fault: 'expired' };
  if (nbf !== undefined && !(Number(nbf) <= nowS + LEEWAY_S)) return { ok: false, fault: 'too-early' };
  if (exp > nowS + maxAheadS + LEEWAY_S) return { ok: false, fault: 'too-long' };
  return { ok: true, claims };
}

/** Returns whether an HS256 token has the right signature. Does not check its claims. */
export function isSignedBy(token: string, key: string): boolean {
  const [head = '', body = '', given = ''] = token.split('.');
  return key !== '' && sameBytes(Buffer.from(given, 'base64url'), signature(`${head}.${body}`, key));
}

/**
 * Returns the claims of a token without verification. Use them only to find the key that verifies the token.
 */
export function peekClaims(token: string): Claims | null {
  return decode(token.split('.')[1] ?? '') as Claims | null;
}

function signature(text: string, key: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * Decodes a part of a token. Returns null when it is not a JSON object, or contains text that no database can
 * store: claims become ids and names.
 */
function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject && isStorableJson(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
