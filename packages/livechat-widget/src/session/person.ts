import { cleanVisitor, type VerifiedVisitor } from '@alur/flow/run';

/** What an identity token states about the visitor. */
export interface Person {
  /** Its `sub`. */
  who: string;
  verified: VerifiedVisitor;
}

/**
 * Reads an identity token without verifying it: the host does that. The `sub` selects the storage, the rest
 * is for showing what the flow answers before the host does. Throws when the token cannot be read.
 */
export function readPerson(token: string): Person {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const { sub, name, email, phone, attributes } = claims;
    if (typeof sub === 'string' && sub)
      return { who: sub, verified: cleanVisitor({ name, email, phone, attributes }) };
  } catch {
    // Said below.
  }
  throw new TypeError('identify needs a JWT whose "sub" names the visitor.');
}
