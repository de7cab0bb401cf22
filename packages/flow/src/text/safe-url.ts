/**
 * Returns the URL of a link if it is safe to follow, else null. Allows only `http:`, `https:`, `mailto:` and
 * `tel:`; `schemes` can allow fewer. Every URL from a flow, a configuration or a person must pass this
 * function before the page uses it.
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

/** Pages served from the local machine, during development. */
const LOCAL_PAGE = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\//;

/**
 * Returns the URL of an image if it is safe to load, else null. Allows only `https:`. A `page` served over
 * `http:` from the local machine may also use local `http:` images.
 */
export function safeImageUrl(address: string | null | undefined, page = ''): string | null {
  return safeUrl(address, /^https:/) ?? (LOCAL_PAGE.test(page) ? safeUrl(address, LOCAL_PAGE) : null);
}
