import { safeUrl } from '@alur/flow/text';

/** A way to reach the site's people without the chat. */
export interface ContactWay {
  href: string;
  /** The mail address or the telephone number; null for a page, whose address says nothing to a visitor. */
  text: string | null;
}

/** The safe ones among `mailto:`, `tel:` and `https:` addresses that stand separated by spaces. */
export function contactWays(addresses: string | null | undefined): ContactWay[] {
  return (addresses ?? '').split(/\s+/).flatMap((address) => {
    const href = safeUrl(address);
    if (!href) return [];
    return [{ href, text: /^[mt]/.test(href) ? href.replace(/^\w+:|\?.*/g, '') : null }];
  });
}
