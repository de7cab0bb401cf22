import { hasConsent, markConsent, type VisitorPlace } from '@alur/client';

/**
 * Whether the visitor agreed to being remembered and spoken for. `not-asked` is as good as yes where no
 * consent is required.
 */
export type ConsentState = 'not-asked' | 'asked' | 'granted' | 'denied' | 'withdrawn';

/** What a visitor, or a page on their behalf, may decide. */
export const DECISIONS = ['granted', 'denied', 'withdrawn'] as const;
export type ConsentDecision = (typeof DECISIONS)[number];

/** Thrown to whoever wanted something said while the visitor said no. */
export class ConsentError extends Error {
  readonly code = 'consent_denied';

  constructor() {
    super('The visitor does not agree; nothing was sent.');
    this.name = 'ConsentError';
  }
}

/**
 * The consent of whoever sits at the device. Nothing is written before it is given, and nothing of a refusal
 * ever.
 */
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

  /** Whether something may be kept, and the host spoken to. */
  get allows(): boolean {
    return this.#state === 'granted' || (this.#state === 'not-asked' && !this.#isRequired());
  }

  /**
   * Resolves once something may be sent, after asking if need be; rejects with `ConsentError` when it may
   * not.
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

  /** Forgets what was agreed; whoever waits for an answer gets a no. Goes on at `place`. */
  forget(place: VisitorPlace, state: ConsentState = 'not-asked'): void {
    markConsent(this.#place, false);
    this.#place = place;
    this.#refuse();
    this.#set(state);
  }

  /** Goes on for somebody else. What an anonymous visitor said stands when they say their name. */
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
