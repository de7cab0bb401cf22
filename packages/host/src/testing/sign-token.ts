import { createHmac } from 'node:crypto';
import type { Claims } from '../http/jwt.ts';

/**
 * Signs claims as an HS256 JWT with `node:crypto`, so that tests do not verify tokens with the library that
 * made them. Any key is possible, an empty one too.
 */
export function signToken(
  claims: Claims,
  key: string,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
