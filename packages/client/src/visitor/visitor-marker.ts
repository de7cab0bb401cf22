import type { InboxAddress } from './inbox-address.ts';

/** The name under which a browser keeps what belongs to one inbox (and, when verified, one person). */
export function storageName({ host, inboxId }: InboxAddress, who = ''): string {
  return `livechat:${host.replace(/\/+$/, '')}|${inboxId}${who && `|${who}`}`;
}

/**
 * Whether this browser has been a visitor of the inbox before. Reads one local key and writes nothing, so that asking
 * leaves no trace.
 */
export function hasVisitorRecord(address: InboxAddress): boolean {
  try {
    return localStorage.getItem(storageName(address)) !== null;
  } catch {
    return false;
  }
}

/** Notes, or forgets, that this browser has been a visitor. */
export function markVisitor(address: InboxAddress, known: boolean): void {
  try {
    if (known) localStorage.setItem(storageName(address), '1');
    else localStorage.removeItem(storageName(address));
  } catch {
    // Blocked storage: the next page will not know, which is what the visitor asked for.
  }
}
