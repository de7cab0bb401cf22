import type { Facts } from '@alur/flow';
import type { VisitorRow } from './records.ts';

const MAX_LENGTH = 256;
const MAX_ATTRIBUTES = 50;
const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** Facts of any origin, held to their shape: known members, strings of at most 256 code points, at most 50 attributes. */
export function cleanFacts(facts: Facts | undefined): Facts {
  const { name, email, phone, language, attributes } = facts?.visitor ?? {};
  const kept = Object.entries(attributes ?? {})
    .filter(([key, value]) => KEY.test(key) && typeof value === 'string')
    .slice(0, MAX_ATTRIBUTES)
    .map(([key, value]) => [key, cut(value)] as const);
  return {
    visitor: {
      ...(typeof name === 'string' && name && { name: cut(name) }),
      ...(typeof email === 'string' && email && { email: cut(email) }),
      ...(typeof phone === 'string' && phone && { phone: cut(phone) }),
      ...(typeof language === 'string' && language && { language: cut(language) }),
      ...(kept.length > 0 && { attributes: Object.fromEntries(kept) }),
    },
  };
}

/**
 * What is known of a visitor after new claims: a verified identity is never overwritten by them. No more attributes are kept than one
 * call may bring, or a visitor could add to its row for ever; those just claimed stay, earlier ones make room.
 */
export function mergeFacts(visitor: VisitorRow, claimed: Facts): Facts {
  const known = {
    ...(visitor.name !== null && { name: visitor.name }),
    ...(visitor.email !== null && { email: visitor.email }),
    ...(visitor.phone !== null && { phone: visitor.phone }),
  };
  const { attributes, ...fields } = claimed.visitor ?? {};
  const merged = visitor.verified ? { ...fields, ...known } : { ...known, ...fields };
  const earlier = Object.entries(visitor.attributes).filter(([key]) => !Object.hasOwn(attributes ?? {}, key));
  const kept = [...Object.entries(attributes ?? {}), ...earlier].slice(0, MAX_ATTRIBUTES);
  return { visitor: { ...merged, ...(kept.length > 0 && { attributes: Object.fromEntries(kept) }) } };
}

/** The facts that a session's run is frozen with. */
export function factsFor(facts: Facts, inbox: { name: string }): Facts {
  return { ...facts, inbox: { name: cut(inbox.name) } };
}

function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : [...text].slice(0, MAX_LENGTH).join('');
}
