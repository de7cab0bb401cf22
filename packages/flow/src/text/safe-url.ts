/**
 * Returns the address of a link if it is safe to follow, else null: only `http:`, `https:`, `mailto:` and `tel:`.
 * Every URL that comes from a flow, a configuration or a person goes through here before it reaches the page.
 * `schemes` may allow fewer.
 */
export function safeUrl(
  address: string | null | undefined,
  schemes: RegExp = /^(https?|mailto|tel):/,
): string | null {
  try {
    const { href } = new URL(address!);
    return schemes.test(href) ? href : null;
  } catch {
    return null;
  }
}

/** `safeUrl` for pictures, which are fetched rather than followed. */
export function safeImageUrl(address: string | null | undefined): string | null {
  return safeUrl(address, /^https?:/);
}
