import type { Persistence } from '../storage/persistence.ts';
import type { InboxAddress } from './inbox-address.ts';

/** Visitor of an inbox, with the lifetime of the stored data. */
export interface VisitorPlace extends InboxAddress {
  /** The verified person. Undefined for the anonymous visitor. */
  who?: string | undefined;
  /** Default: `browser`. */
  persist?: Persistence | undefined;
}

/** Value of a mark. No other key with such a name has this value. */
const MARK = '1';

/** Returns the storage name of an inbox and, for a verified visitor, of one person. */
export function storageName({ host, inboxId }: InboxAddress, who = ''): string {
  return `livechat:${host.replace(/\/+$/, '')}|${inboxId}${who && `|${who}`}`;
}

/** Returns true if this browser has been a visitor of the inbox. Reads one local key and writes nothing. */
export function hasVisitorRecord(place: VisitorPlace): boolean {
  return isMarked(place);
}

/**
 * Returns the `who` of every other visitor with a mark or a consent for the inbox in this browser; `''` is
 * the anonymous visitor. Other keys of the inbox (tab storage, open panel) are not marks.
 */
export function othersAt(place: VisitorPlace): string[] {
  const inbox = `${storageName(place)}|`;
  const marks = inStore(place, (store) =>
    Object.keys(store).filter((key) => `${key}|`.startsWith(inbox) && store.getItem(key) === MARK),
  );
  const names = new Set(marks?.map((key) => key.replace(/\|consent$/, '').slice(inbox.length)));
  names.delete(place.who ?? '');
  return [...names];
}

/** Stores or deletes the mark that this browser has been a visitor. */
export function markVisitor(place: VisitorPlace, known: boolean): void {
  mark(place, known);
}

/** Returns true if this browser stores the visitor's consent. */
export function hasConsent(place: VisitorPlace): boolean {
  return isMarked(place, '|consent');
}

/** Stores or deletes the visitor's consent. */
export function markConsent(place: VisitorPlace, given: boolean): void {
  mark(place, given, '|consent');
}

function isMarked(place: VisitorPlace, what = ''): boolean {
  return inStore(place, (store) => store.getItem(storageName(place, place.who) + what)) != null;
}

function mark(place: VisitorPlace, is: boolean, what = ''): void {
  const key = storageName(place, place.who) + what;
  inStore(place, (store) => (is ? store.setItem(key, MARK) : store.removeItem(key)));
}

/**
 * Calls `act` with the storage of the marks. Returns undefined where there is none or it is blocked. Then the
 * next page does not know the visitor.
 */
function inStore<T>({ persist }: VisitorPlace, act: (store: Storage) => T): T | undefined {
  try {
    return persist === 'none' ? undefined : act(persist === 'tab' ? sessionStorage : localStorage);
  } catch {
    return undefined;
  }
}
