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

/** Clocks of two machines may differ by this much. */
const LEEWAY_S = 60;

/** Why a token is refused. */
export type TokenFault = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'too-early' | 'too-long';

/** Signs claims as an HS256 JWT. */
export function signToken(claims: Claims, key: string): string {
  const head = encode({ alg: 'HS256', typ: 'JWT' });
  const body = encode(claims);
  return `${head}.${body}.${signature(`${head}.${body}`, key).toString('base64url')}`;
}

/**
 * Checks an HS256 JWT. No other algorithm is taken, whatever its header says, and no key that it brings along
 * or points to. `exp` must be there and not more than `maxAheadS` ahead, `nbf` not ahead; any of `keys` may
 * have signed it, so that a key can be replaced without a gap.
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
  // Extensions that must be understood, and none is (RFC 7515, section 4.1.11).
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

/** Whether an HS256 token has the right signature, whatever its claims say. */
export function isSignedBy(token: string, key: string): boolean {
  const [head = '', body = '', given = ''] = token.split('.');
  return key !== '' && sameBytes(Buffer.from(given, 'base64url'), signature(`${head}.${body}`, key));
}

/** The claims of a token that nobody has checked yet: only good for finding the key to check it with. */
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
 * Reads a part of a token. Null when it is no JSON object, or has text that no database can keep: claims
 * become ids and names.
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
