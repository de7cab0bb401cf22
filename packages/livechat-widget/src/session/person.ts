/**
 * Whom a JWT speaks of: its `sub`. It is not verified here (the host does that) and only says which storage to use.
 * Throws when the token cannot be read.
 */
export function personOf(token: string): string {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
  const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
  if (typeof sub !== 'string' || sub === '')
    throw new Error('The identity token has no "sub"; sign one that names the visitor.');
  return sub;
}
