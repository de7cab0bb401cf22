/**
 * Maximum time between two contacts of one contact period. Coming back online means a token refresh, a
 * snapshot, then the outbox.
 */
const CONTACT_PERIOD_MS = 60_000;

/**
 * Last contacts of a visitor with this host: the beginning of the newest contact period, and of the one
 * before.
 */
export interface Contact {
  at: number;
  before: number;
}

/**
 * Returns the contact after a request of the visitor at `now`. Returns the same object within the newest
 * contact period, so that most requests write nothing.
 */
export function touch(contact: Contact, now: number): Contact {
  return now - contact.at > CONTACT_PERIOD_MS ? { at: now, before: contact.at } : contact;
}

/**
 * Returns the time that the engine uses for an input, in milliseconds since 1970, like all times here. It is
 * the time at which the visitor wrote the input, by the host's clock: `receipt - (sentAt - at)`. It is not
 * before the visitor's last contact and not after the receipt. Only the difference of the visitor's two clock
 * readings counts, so a clock that is a day off changes nothing. Without readable readings, it is the
 * receipt.
 *
 * The last contact outside the current contact period is the lower bound. Otherwise the token refresh with
 * which a visitor comes back would already move a message that was written offline.
 */
export function effectiveTime(
  receipt: number,
  at: string,
  sentAt: string | undefined,
  contact: Contact,
): number {
  const waited = sentAt === undefined ? 0 : Date.parse(sentAt) - Date.parse(at);
  if (Number.isNaN(waited)) return receipt;
  const floor = receipt - contact.at > CONTACT_PERIOD_MS ? contact.at : contact.before;
  return Math.min(Math.max(receipt - waited, floor), receipt);
}
