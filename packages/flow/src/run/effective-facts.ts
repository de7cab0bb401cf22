import type { Facts } from '../document/flow.ts';

type Visitor = NonNullable<Facts['visitor']>;

/** Members that an identity token verifies: `name`, `email`, `phone` and `attributes`. */
export type VerifiedVisitor = Omit<Visitor, 'language'>;

const MAX_LENGTH = 256;
const MAX_ATTRIBUTES = 50;
const KEY = /^[A-Za-z0-9_-]{1,64}$/;
const FIELDS = ['name', 'email', 'phone', 'language'] as const;

/**
 * Returns the known members of a visitor of any origin: strings of at most 256 code points, at most 50
 * attributes. Longer strings are cut; empty fields, other types and malformed attribute keys are left out.
 */
export function cleanVisitor(given: { [member in keyof Visitor]?: unknown } | undefined): Visitor {
  const visitor: Visitor = {};
  for (const field of FIELDS) {
    const value = given?.[field];
    if (typeof value === 'string' && value) visitor[field] = cut(value);
  }
  const attributes = Object.entries(given?.attributes ?? {})
    .filter(([key, value]) => KEY.test(key) && typeof value === 'string')
    .slice(0, MAX_ATTRIBUTES)
    .map(([key, value]) => [key, cut(value as string)]);
  if (attributes.length > 0) visitor.attributes = Object.fromEntries(attributes) as Record<string, string>;
  return visitor;
}

/**
 * Returns the visitor that a flow sees. Widget and host both use it, so that they agree. `claims` is what the
 * page and the visitor state; `verified` is what the identity token states, null for an anonymous visitor.
 * The name, email and phone of a verified visitor come only from the token. Their language and attributes may
 * be claims, but an attribute of the token wins.
 */
export function effectiveFacts(claims: Visitor | undefined, verified: VerifiedVisitor | null): Visitor {
  if (!verified) return cleanVisitor(claims);
  const { attributes } = verified;
  return cleanVisitor({
    ...verified,
    language: claims?.language,
    // The first spread puts the token's attributes in front: they stay when there are more than 50.
    attributes: { ...attributes, ...claims?.attributes, ...attributes },
  });
}

function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : [...text].slice(0, MAX_LENGTH).join('');
}
