import { createHmac } from 'node:crypto';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT signed with HS256. */
export function signJwt(claims: object, key: string): string {
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** A JWT that says it needs no signature. No host may believe it. */
export function unsignedJwt(claims: object): string {
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

/** Seconds since 1970, `ahead` of now. */
export const inSeconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead;
