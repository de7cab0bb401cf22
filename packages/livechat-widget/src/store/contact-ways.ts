import { safeUrl } from '@alur/flow/text';

/** A way to contact the site without the chat. */
export interface ContactWay {
  href: string;
  /** The mail address or the telephone number; null for a page, whose URL is not shown. */
  text: string | null;
}

/** Returns the safe URLs among `mailto:`, `tel:` and `https:` addresses separated by spaces. */
export function contactWays(addresses: string | null | undefined): ContactWay[] {
  return (addresses ?? '').split(/\s+/).flatMap((address) => {
    const href = safeUrl(address);
    if (!href) return [];
    return [{ href, text: /^[mt]/.test(href) ? href.replace(/^\w+:|\?.*/g, '') : null }];
  });
}
