import { cleanVisitor, type VerifiedVisitor } from '@alur/flow/run';

/** Claims of an identity token about the visitor. */
export interface IdentityClaims {
  /** `sub` of the token. */
  who: string;
  verified: VerifiedVisitor;
}

/**
 * Reads an identity token without verification, which is the host's task. The `sub` selects the storage; the
 * other claims are used to run the flow on this device. Throws when the token cannot be read.
 */
export function readIdentityToken(token: string): IdentityClaims {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const { sub, name, email, phone, attributes } = claims;
    if (typeof sub === 'string' && sub)
      return { who: sub, verified: cleanVisitor({ name, email, phone, attributes }) };
  } catch {
    // Reported by the error below.
  }
  throw new TypeError('identify needs a JWT with a "sub" claim.');
}
