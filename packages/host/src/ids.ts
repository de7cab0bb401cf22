import { createHash, randomBytes } from 'node:crypto';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Returns whether a text matches the contract's schema `Id`. Any other text cannot exist as an id and needs
 * no look-up.
 */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** Creates an id with 128 random bits, such as `vis_3kQ…`. It matches `[A-Za-z0-9_-]{1,64}`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('base64url')}`;
}

/** Creates a secret with 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Returns SHA-256 as base64url, the stored form of API keys and refresh tokens. They are random, so no salt
 * is needed.
 */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Returns whether a version can exist. A number beyond the column's type would cause a database error instead
 * of "not found".
 */
export function canBeVersion(version: number): boolean {
  return version <= 2_147_483_647;
}
