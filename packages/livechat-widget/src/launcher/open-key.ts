import type { InboxAddress } from '@alur/client';

/**
 * Returns the session storage key that records that the panel is open, so that the site's next page opens it
 * again.
 */
export function openKey({ host, inboxId }: InboxAddress): string {
  return `livechat:${host}|${inboxId}|open`;
}
