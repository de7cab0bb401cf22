/**
 * Whom a JWT speaks of: its `sub`. It is not verified here (the host does that) and only says which storage to use.
 * Throws when the token cannot be read.
 */
export function personOf(token: string): string {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    if (typeof sub === 'string' && sub) return sub;
  } catch {
    // Said below.
  }
  throw new TypeError('identify needs a JWT whose "sub" names the visitor.');
}
