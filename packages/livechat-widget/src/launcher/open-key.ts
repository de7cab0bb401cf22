import type { InboxAddress } from '@alur/client';

/** Where a tab notes that the panel is open, so that the next page of the site opens it again. */
export function openKey({ host, inboxId }: InboxAddress): string {
  return `livechat:${host}|${inboxId}|open`;
}
