const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];

/**
 * The address of a link or an image if it is safe to follow, else null: only http, https, mailto and tel. Every URL that
 * comes from a flow, a configuration or a person goes through here before it reaches the page.
 */
export function safeUrl(
  address: string | null | undefined,
  schemes: readonly string[] = SCHEMES,
): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** `safeUrl` for pictures, which are fetched rather than followed. */
export function safeImageUrl(address: string | null | undefined): string | null {
  return safeUrl(address, ['https:', 'http:']);
}
