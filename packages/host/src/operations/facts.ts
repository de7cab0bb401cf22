import { cleanVisitor, effectiveFacts, type Facts } from '@alur/flow';
import type { VisitorDetails, VisitorRow } from './records.ts';

type Visitor = NonNullable<Facts['visitor']>;

const MAX_ATTRIBUTES = 50;

/**
 * Returns the facts that the page and the visitor may state, limited to their schema: everything but the
 * inbox.
 */
export function cleanFacts(facts: Facts | undefined): Facts {
  return { visitor: cleanVisitor(facts?.visitor) };
}

/**
 * Merges new claims about a visitor into the stored ones. Drops claims about the identity of a verified
 * visitor and attributes that the identity token states. At most 50 attributes are kept: the new ones stay,
 * the oldest are removed.
 */
export function mergeClaims(visitor: VisitorRow, claimed: Facts): Visitor {
  const { attributes: given = {}, ...fields } = claimed.visitor ?? {};
  const { language } = fields;
  const known = visitor.verified
    ? { ...(language !== undefined && { language }) }
    : { ...fieldsOf(visitor), ...fields };
  const earlier = Object.entries(visitor.attributes).filter(([key]) => !Object.hasOwn(given, key));
  const kept = [...Object.entries(given), ...earlier]
    .filter(([key]) => !Object.hasOwn(visitor.token_attributes, key))
    .slice(0, MAX_ATTRIBUTES);
  return { ...known, ...(kept.length > 0 && { attributes: Object.fromEntries(kept) }) };
}

/** Returns the visitor that flows see, from the row and the claims. */
export function visitorOf(visitor: VisitorRow, claims: Visitor): Visitor {
  const attributes = visitor.token_attributes;
  return effectiveFacts(claims, visitor.verified ? { ...fieldsOf(visitor), attributes } : null);
}

/**
 * Returns the details to store from the claims. A verified visitor keeps the name, email and phone of the
 * token.
 */
export function detailsAfter(visitor: VisitorRow, claims: Visitor): VisitorDetails {
  const { name = null, email = null, phone = null, attributes = {} } = claims;
  const identity = visitor.verified ? visitor : { name, email, phone };
  return { name: identity.name, email: identity.email, phone: identity.phone, attributes };
}

/** Returns the facts that are frozen in a session's run. */
export function factsFor(facts: Facts, inbox: { name: string }): Facts {
  return { ...facts, inbox: { name: cut(inbox.name) } };
}

function fieldsOf({ name, email, phone }: Pick<VisitorRow, 'name' | 'email' | 'phone'>): Visitor {
  return {
    ...(name !== null && { name }),
    ...(email !== null && { email }),
    ...(phone !== null && { phone }),
  };
}

function cut(text: string): string {
  return cleanVisitor({ name: text }).name ?? '';
}
