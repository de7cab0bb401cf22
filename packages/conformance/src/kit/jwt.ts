import { createHmac } from 'node:crypto';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns a JWT signed with HS256. */
export function signJwt(claims: object, key: string): string {
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** Returns a JWT that claims to need no signature. Every host must reject it. */
export function unsignedJwt(claims: object): string {
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

/** Returns the seconds since 1970, `ahead` seconds from now. */
export const inSeconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead;
