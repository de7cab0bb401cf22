import { cleanVisitor, effectiveFacts, type Facts } from '@alur/flow';
import type { VisitorDetails, VisitorRow } from './records.ts';

type Visitor = NonNullable<Facts['visitor']>;

const MAX_ATTRIBUTES = 50;

/**
 * Returns what the page and the visitor may state of the facts: everything but the inbox, held to its shape.
 */
export function cleanFacts(facts: Facts | undefined): Facts {
  return { visitor: cleanVisitor(facts?.visitor) };
}

/**
 * Returns the claims about a visitor after new ones. Claims about who a verified visitor is are left out, and
 * so are attributes that the identity token states. At most 50 attributes are kept: those just claimed stay,
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

/** Returns the visitor that flows see, from its row and the claims about it. */
export function visitorOf(visitor: VisitorRow, claims: Visitor): Visitor {
  const attributes = visitor.token_attributes;
  return effectiveFacts(claims, visitor.verified ? { ...fieldsOf(visitor), attributes } : null);
}

/**
 * Returns what is stored of the claims. The name, email and phone of a verified visitor stay those of the
 * token.
 */
export function detailsAfter(visitor: VisitorRow, claims: Visitor): VisitorDetails {
  const { name = null, email = null, phone = null, attributes = {} } = claims;
  const identity = visitor.verified ? visitor : { name, email, phone };
  return { name: identity.name, email: identity.email, phone: identity.phone, attributes };
}

/** Returns the facts that a session's run is frozen with. */
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
