import type { InboxAddress } from '@alur/client';

/** Returns the session storage key that records that the panel is open. */
function keyOf({ host, inboxId }: InboxAddress): string {
  return `livechat:${host}|${inboxId}|open`;
}

/** Records for the site's next page in this tab whether the panel is open. */
export function markOpen(address: InboxAddress, isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(keyOf(address), 'open');
    else sessionStorage.removeItem(keyOf(address));
  } catch {
    // Blocked storage: the next page starts closed.
  }
}

/**
 * Returns true if the panel was open on the previous page in this tab. A panel that covers the page does not
 * open automatically.
 */
export function wasOpen(address: InboxAddress): boolean {
  try {
    return innerWidth > 480 && innerHeight > 440 && !!sessionStorage.getItem(keyOf(address));
  } catch {
    return false;
  }
}
