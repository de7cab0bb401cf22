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
  try {
    return storeOf(place)?.getItem(storageName(place, place.who) + what) != null;
  } catch {
    return false;
  }
}

function mark(place: VisitorPlace, is: boolean, what = ''): void {
  try {
    const key = storageName(place, place.who) + what;
    if (is) storeOf(place)?.setItem(key, '1');
    else storeOf(place)?.removeItem(key);
  } catch {
    // Blocked storage: the next page will not know, which is what the visitor asked for.
  }
}

function storeOf({ persist }: VisitorPlace): Storage | null {
  if (persist === 'none') return null;
  return persist === 'tab' ? sessionStorage : localStorage;
}
