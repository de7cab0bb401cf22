import { hasConsent, markConsent, type VisitorPlace } from '@alur/client/internal';

/**
 * State of the visitor's consent to storage and sending. Where no consent is required, `not-asked` allows
 * both.
 */
export type ConsentState = 'not-asked' | 'asked' | 'granted' | 'denied' | 'withdrawn';

/** Decisions of a visitor, or of a page on the visitor's behalf. */
export const DECISIONS = ['granted', 'denied', 'withdrawn'] as const;
export type ConsentDecision = (typeof DECISIONS)[number];

/** Thrown when a message cannot be sent because the visitor refused. */
export class ConsentError extends Error {
  readonly code = 'consent_denied';

  constructor() {
    super('The visitor does not agree; nothing was sent.');
    this.name = 'ConsentError';
  }
}

/** Consent of the current visitor. Stores nothing before consent is given, and never stores a refusal. */
export class Consent {
  readonly #isRequired: () => boolean;
  readonly #onChange: () => void;
  #place: VisitorPlace;
  #state: ConsentState;
  #waiting: { agreed(): void; refused(reason: ConsentError): void }[] = [];

  constructor(place: VisitorPlace, isRequired: () => boolean, onChange: () => void) {
    this.#isRequired = isRequired;
    this.#onChange = onChange;
    this.#place = place;
    this.#state = hasConsent(place) ? 'granted' : 'not-asked';
  }

  get state(): ConsentState {
    return this.#state;
  }

  /** Whether data may be stored and sent to the host. */
  get allows(): boolean {
    return this.#state === 'granted' || (this.#state === 'not-asked' && !this.#isRequired());
  }

  /**
   * Resolves when sending is allowed, after asking the visitor if necessary. Rejects with `ConsentError` on a
   * refusal.
   */
  async ask(): Promise<void> {
    if (this.allows) return;
    this.#set('asked');
    await new Promise<void>((agreed, refused) => this.#waiting.push({ agreed, refused }));
  }

  decide(decision: ConsentDecision): void {
    markConsent(this.#place, decision === 'granted');
    this.#set(decision);
  }

  /** Deletes the consent and continues at `place`. Pending `ask()` calls reject. */
  forget(place: VisitorPlace, state: ConsentState = 'not-asked'): void {
    markConsent(this.#place, false);
    this.#place = place;
    this.#refuse();
    this.#set(state);
  }

  /**
   * Continues with another visitor. The consent of an anonymous visitor still applies after they are
   * identified.
   */
  move(place: VisitorPlace): void {
    const isSame = !this.#place.who;
    this.#place = place;
    if (isSame && this.#state === 'granted') return markConsent(place, true);
    if (!isSame) this.#refuse();
    if (hasConsent(place)) this.#set('granted');
    else if (!isSame) this.#set('not-asked');
  }

  #set(state: ConsentState) {
    this.#state = state;
    if (this.allows) for (const { agreed } of this.#waiting.splice(0)) agreed();
    else if (state !== 'asked') this.#refuse();
    this.#onChange();
  }

  #refuse() {
    for (const { refused } of this.#waiting.splice(0)) refused(new ConsentError());
  }
}
