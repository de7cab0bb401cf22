/**
 * Returns the address of a link if it is safe to follow, else null: only `http:`, `https:`, `mailto:` and
 * `tel:`. Every URL that comes from a flow, a configuration or a person goes through here before it reaches
 * the page. `schemes` may allow fewer.
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

/** The machine that the page itself is served from, during development. */
const LOCAL_PAGE = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\//;

/**
 * `safeUrl` for pictures, which are fetched rather than followed: only `https:`. On a `page` that is served
 * over `http:` from this machine, also pictures over `http:` from this machine.
 */
export function safeImageUrl(address: string | null | undefined, page = ''): string | null {
  return safeUrl(address, /^https:/) ?? (LOCAL_PAGE.test(page) ? safeUrl(address, LOCAL_PAGE) : null);
}
