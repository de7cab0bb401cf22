import type { Persistence } from '../storage/persistence.ts';
import type { InboxAddress } from './inbox-address.ts';

/** Whose traces in which inbox, and how long they may stay. */
export interface VisitorPlace extends InboxAddress {
  /** The verified person; none for the anonymous visitor. */
  who?: string | undefined;
  /** Default: `browser`. */
  persist?: Persistence | undefined;
}

/** What a mark says: nothing else under such names says the same. */
const MARK = '1';

/** The name under which a browser keeps what belongs to one inbox (and, when verified, one person). */
export function storageName({ host, inboxId }: InboxAddress, who = ''): string {
  return `livechat:${host.replace(/\/+$/, '')}|${inboxId}${who && `|${who}`}`;
}

/**
 * Whether this browser has been a visitor of the inbox before. Reads one local key and writes nothing, so
 * that asking leaves no trace.
 */
export function hasVisitorRecord(place: VisitorPlace): boolean {
  return isMarked(place);
}

/**
 * Whoever has left something of the inbox in this browser, or only their consent, each as a `who`; the
 * anonymous visitor is `''`. What is no mark (what a tab keeps, that its panel is open) is nobody.
 */
export function everybodyAt(place: VisitorPlace): string[] {
  const inbox = `${storageName(place)}|`;
  const marks = inStore(place, (store) =>
    Object.keys(store).filter((key) => `${key}|`.startsWith(inbox) && store.getItem(key) === MARK),
  );
  return [...new Set(marks?.map((key) => key.replace(/\|consent$/, '').slice(inbox.length)))];
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
  inStore(place, (store) => (is ? store.setItem(key, MARK) : store.removeItem(key)));
}

/**
 * What `act` makes of the store where marks are; nothing where there is none or it is blocked. Then the next
 * page will not know, as the visitor asked for.
 */
function inStore<T>({ persist }: VisitorPlace, act: (store: Storage) => T): T | undefined {
  try {
    return persist === 'none' ? undefined : act(persist === 'tab' ? sessionStorage : localStorage);
  } catch {
    return undefined;
  }
}
