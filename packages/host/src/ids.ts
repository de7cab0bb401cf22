import { createHash, randomBytes } from 'node:crypto';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Whether a text has the form of an id, as the contract's schema `Id` says. Anything else cannot exist and
 * needs no look-up.
 */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** A new id with 128 random bits, such as `vis_3kQ…`; fits `[A-Za-z0-9_-]{1,64}`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('base64url')}`;
}

/** A new secret with 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * SHA-256 as base64url: how API keys and refresh tokens are kept at rest. They are random, so no salt is
 * needed.
 */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Whether a version can exist: a number beyond the column's type would be an error of the database, not a
 * version that is not there.
 */
export function canBeVersion(version: number): boolean {
  return version <= 2_147_483_647;
}
