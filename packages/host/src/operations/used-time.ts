/**
 * Contacts within this time of each other are one spell: coming back online means a refresh, a snapshot, then
 * the outbox.
 */
const SPELL_MS = 60_000;

/**
 * When a visitor was last in touch with this host: the beginning of the newest spell, and of the one before.
 */
export interface Contact {
  at: number;
  before: number;
}

/**
 * The contact after the visitor was heard at `now`; the same object when this belongs to the newest spell, so
 * that most calls write nothing.
 */
export function touch(contact: Contact, now: number): Contact {
  return now - contact.at > SPELL_MS ? { at: now, before: contact.at } : contact;
}

/**
 * The time that the engine uses for an input: when the visitor wrote it by the host's clock, which is
 * `receipt - (sentAt - at)`, but not before the visitor's last contact and not after the receipt. Only the
 * difference of the visitor's two clock readings counts, so a clock that is a day off changes nothing.
 * Without readable readings: the receipt. All in milliseconds since 1970.
 *
 * The contact that bounds it is the last one outside the present spell: otherwise the token refresh with
 * which a visitor comes back would already move a message that was written offline.
 */
export function usedTime(receipt: number, at: string, sentAt: string | undefined, contact: Contact): number {
  const waited = sentAt === undefined ? 0 : Date.parse(sentAt) - Date.parse(at);
  if (Number.isNaN(waited)) return receipt;
  const floor = receipt - contact.at > SPELL_MS ? contact.at : contact.before;
  return Math.min(Math.max(receipt - waited, floor), receipt);
}
