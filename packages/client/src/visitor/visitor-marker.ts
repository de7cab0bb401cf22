import type { Persistence } from '../storage/persistence.ts';
import type { InboxAddress } from './inbox-address.ts';

/** Whose traces in which inbox, and how long they may stay. */
export interface VisitorPlace extends InboxAddress {
  /** The verified person; none for the anonymous visitor. */
  who?: string | undefined;
  /** Default: `browser`. */
  persist?: Persistence | undefined;
}

/** The name under which a browser keeps what belongs to one inbox (and, when verified, one person). */
export function storageName({ host, inboxId }: InboxAddress, who = ''): string {
  return `livechat:${host.replace(/\/+$/, '')}|${inboxId}${who && `|${who}`}`;
}

/**
 * Whether this browser has been a visitor of the inbox before. Reads one local key and writes nothing, so that asking
 * leaves no trace.
 */
export function hasVisitorRecord(place: VisitorPlace): boolean {
  return isMarked(place);
}

/** Whoever has left something of the inbox in this browser, each as a `who`; the anonymous visitor is `''`. */
export function everybodyAt(place: VisitorPlace): string[] {
  const inbox = `${storageName(place)}|`;
  const keys = inStore(place, Object.keys) ?? [];
  return keys.filter((key) => `${key}|`.startsWith(inbox)).map((key) => key.slice(inbox.length));
}

/** Notes, or forgets, that this browser has been a visitor. */
export function markVisitor(place: VisitorPlace, known: boolean): void {
  mark(place, known);
}

/** Whether the visitor has agreed to being remembered, as far as this browser knows. */
export function hasConsent(place: VisitorPlace): boolean {
  return isMarked(place, '|consent');
}

/** Notes, or forgets, that the visitor has agreed. */
export function markConsent(place: VisitorPlace, given: boolean): void {
  mark(place, given, '|consent');
}

function isMarked(place: VisitorPlace, what = ''): boolean {
  return inStore(place, (store) => store.getItem(storageName(place, place.who) + what)) != null;
}

function mark(place: VisitorPlace, is: boolean, what = ''): void {
  const key = storageName(place, place.who) + what;
  inStore(place, (store) => (is ? store.setItem(key, '1') : store.removeItem(key)));
}

/** What `act` makes of the store where marks are; nothing where there is none or it is blocked. Then the next page will not know, as the visitor asked for. */
function inStore<T>({ persist }: VisitorPlace, act: (store: Storage) => T): T | undefined {
  try {
    return persist === 'none' ? undefined : act(persist === 'tab' ? sessionStorage : localStorage);
  } catch {
    return undefined;
  }
}
