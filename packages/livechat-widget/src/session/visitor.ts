import {
  createVisitorClient,
  type InboxAddress,
  type Persistence,
  type Runtime,
  type VisitorClient,
  type VisitorClientOptions,
  type VisitorPlace,
  type VisitorSignal,
} from '@alur/client';
import type { VerifiedVisitor } from '@alur/flow/run';
import type { Emit } from '../events.ts';
import { Consent, type ConsentDecision, type ConsentState } from './consent.ts';
import { DeviceCache } from './device-cache.ts';
import { readPerson } from './person.ts';

/** Time limit for the page's identity token. */
const IDENTITY_MS = 20_000;
/** Time limit while a sign-out waits. */
const SIGN_OUT_TOKEN_MS = 1_000;

/** Options of `Visitor`. */
export interface VisitorOptions extends InboxAddress {
  emit: Emit;
  runtime: Runtime;
  persist?: Persistence | undefined;
  storage?: VisitorClientOptions['storage'] | undefined;
  needsConsent?(): boolean;
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'>;
}

/** Callbacks for changes of the visitor. */
export interface VisitorEvents {
  onSignal(signal: VisitorSignal): void;
  onConsent(): void;
  /**
   * Called with a new client. `consent` is the decision to refuse or withdraw, if that is why the visitor was
   * forgotten.
   */
  onBegin(who: Newcomer, consent?: ConsentDecision): void;
}

/**
 * The new visitor: the `same` person, now identified; someone `else`; or `nobody` until a chat is requested.
 * Only the same person keeps the draft. No visitor keeps the messages.
 */
export type Newcomer = 'same' | 'else' | 'nobody';

/**
 * Current visitor of the device. There is one client at a time, each person has separate storage, and changes
 * run one after the other.
 */
export class Visitor {
  readonly consent: Consent;
  client!: VisitorClient;
  cache!: DeviceCache;
  readonly #options: VisitorOptions;
  readonly #events: VisitorEvents;
  #who = '';
  #identity: (() => Promise<string>) | undefined;
  #verified: VerifiedVisitor | null = null;
  #isSigningOut = false;
  /** The person who withdrew consent. The draft is still theirs. */
  #withdrawnPerson = '';
  /** Number of pending changes after which there is no visitor. */
  #pendingSignOuts = 0;
  /** Shortens the wait for the page's identity token. */
  #shortenTokenWait: () => unknown = () => {};
  readonly #closingClients = new Set<VisitorClient>();
  #lastIdentity = 'null null';
  /** Settles when all changes so far are done. Never rejects. */
  #changes: Promise<unknown> = Promise.resolve();

  constructor(options: VisitorOptions, events: VisitorEvents) {
    this.#options = options;
    this.#events = events;
    this.consent = new Consent(this.place, options.needsConsent ?? (() => false), () => {
      options.emit('livechat-consent', { state: this.consent.state });
      events.onConsent();
    });
    this.#startClient('');
  }

  /** Claims of the newest identity token about the visitor; null for an anonymous one. */
  get verified(): VerifiedVisitor | null {
    return this.#who ? this.#verified : null;
  }

  /** Place of the visitor's data. */
  get place(): VisitorPlace {
    const { host, inboxId, persist } = this.#options;
    return { host, inboxId, persist, who: this.#who };
  }

  /**
   * Identifies the visitor by a JWT that the site's backend signs. Does nothing if it is the current person.
   * Rejects when no token arrives within 20 s (within one second while a sign-out waits), and for an invalid
   * token. Then nothing changes, and `livechat-error` has the code `identity`.
   */
  identify(provider: () => Promise<string>): Promise<void> {
    return this.inTurn(async () => {
      const identity = await this.#askIdentity(provider);
      const { who } = identity;
      let first: typeof identity | null = identity;
      if (who === this.#who) return;
      const isSame = this.#who === '' && (!this.#withdrawnPerson || this.#withdrawnPerson === who);
      this.#withdrawnPerson = '';
      // The draft moves to the identified visitor. It must not stay for the next anonymous visitor.
      if (isSame) this.cache.releaseDraft();
      this.#drainAndClose(this.client);
      this.#startClient(who, async () => {
        // The first token is used once. Later ones are requested when they are needed.
        const { token, verified } = first ?? (await this.#askIdentity(provider, who));
        first = null;
        if (this.#who === who) this.#verified = verified;
        return token;
      });
      this.#verified = identity.verified;
      this.consent.move(this.place);
      this.#events.onBegin(isSame ? 'same' : 'else');
    });
  }

  /**
   * Starts a new client for the same visitor, whose device may be able to store data now. Does nothing if a
   * message was written in the meantime (`isLost`).
   */
  renew(isLost: () => boolean): Promise<void> {
    return this.inTurn(async () => {
      if (!isLost()) return;
      this.#drainAndClose(this.client);
      this.#startClient(this.#who, this.#identity);
      this.#events.onBegin('same');
    });
  }

  /**
   * Forgets this and all earlier visitors on this device, in all tabs. No new visitor is created before a
   * chat is requested.
   */
  forget(): Promise<void> {
    return this.#signOutInTurn(() => this.#signOutAll(() => this.#forgetOne(undefined, true)));
  }

  /**
   * Records the consent decision immediately, or after pending sign-outs. `withdrawn` forgets the visitor,
   * also at the host; so does `denied` if `isKept`. Resolves with the resulting state.
   */
  decide(consent: ConsentDecision, isKept: () => boolean): Promise<ConsentState> {
    const signsOut = () => consent === 'withdrawn' || (consent === 'denied' && isKept());
    const act = async () => {
      if (signsOut()) await this.#signOutAll(() => this.#forgetOne(consent));
      else this.consent.decide(consent);
      return this.consent.state;
    };
    // Immediately, before pending changes: nothing that waits may be sent.
    if (consent === 'withdrawn') this.client.stopSending();
    if (signsOut()) return this.#signOutInTurn(act);
    // A pending identity token must not delay the decision.
    return this.#pendingSignOuts > 0 ? this.inTurn(act) : act();
  }

  /**
   * Erases the visitor at the host and forgets them on this device. Rejects when the host refuses: then
   * nothing has changed. Rejects also without a response: then the state at the host is unknown, and a
   * repeated call is safe.
   */
  erase(): Promise<void> {
    return this.#signOutInTurn(() =>
      this.#signOutAll(async () => {
        await this.client.erase();
        await this.#forgetOne();
      }),
    );
  }

  /** Forgets the visitor after another tab has done so. */
  followForgotten(why: 'reset' | 'withdrawn'): Promise<void> {
    return this.#signOutInTurn(async () => {
      this.#signOut(why === 'withdrawn' ? why : undefined);
      this.#startClient('');
    });
  }

  /**
   * Runs an action after all pending changes and before all later ones, so that the visitor does not change
   * during it.
   */
  inTurn<T>(action: () => Promise<T>): Promise<T> {
    const next = this.#changes.then(action);
    this.#changes = next.catch(() => {});
    return next;
  }

  close(): void {
    this.cache.stop();
    this.client.close();
  }

  /** Closes a client after it has sent the messages of an earlier visitor. */
  #drainAndClose(client: VisitorClient) {
    this.#closingClients.add(client);
    void client.drainAndClose().then(() => this.#closingClients.delete(client));
  }
  /**
   * Requests a token from the page and reads its subject, which must be `expected` if given. On failure,
   * emits `livechat-error` and rejects.
   */
  async #askIdentity(provider: () => Promise<string>, expected?: string) {
    try {
      const token = await this.#requestToken(provider);
      const { who, verified } = readPerson(token);
      if (expected !== undefined && who !== expected) throw new Error('The token names another person.');
      return { token, who, verified };
    } catch (error) {
      this.#options.emit('livechat-error', { code: 'identity', message: String(error) });
      throw error;
    }
  }
  /** Calls `provider` with a time limit, which is short while a sign-out waits. */
  #requestToken(provider: () => Promise<string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const giveUpAfter = (ms: number) =>
        this.#options.runtime.after(ms, () => reject(new Error('No identity token.')));
      const cancel = giveUpAfter(this.#pendingSignOuts > 0 ? SIGN_OUT_TOKEN_MS : IDENTITY_MS);
      this.#shortenTokenWait = () => giveUpAfter(SIGN_OUT_TOKEN_MS);
      void provider().then(resolve, reject).finally(cancel);
    });
  }
  /** Runs a change that removes the visitor, after pending changes, which are shortened. */
  #signOutInTurn<T>(action: () => Promise<T>): Promise<T> {
    this.#shortenTokenWait();
    this.#pendingSignOuts += 1;
    return this.inTurn(() => action().finally(() => (this.#pendingSignOuts -= 1)));
  }
  /**
   * Removes the visitor and then the anonymous visitor from before `identify`, so that nothing stays on the
   * device.
   */
  async #signOutAll(signOut: () => Promise<void>) {
    const wasKnown = this.#who !== '';
    await signOut();
    if (wasKnown) await signOut();
  }
  async #forgetOne(consent?: ConsentDecision, everybody = false) {
    const { client } = this;
    for (const closing of this.#closingClients) closing.close();
    this.#signOut(consent);
    // Notifies the other tabs before there is a new client, which would receive the message itself.
    const forgotten = client.forget(consent ? 'withdrawn' : 'reset', everybody);
    this.#startClient('');
    await forgotten;
  }
  /** Clears the view immediately, however long device and host need to forget the visitor. */
  #signOut(consent?: ConsentDecision) {
    this.#isSigningOut = true;
    this.#withdrawnPerson = consent ? this.#withdrawnPerson || this.#who : '';
    this.#who = '';
    this.cache.stop();
    this.consent.forget(this.place, consent);
    this.#events.onBegin('nobody', consent);
  }

  #startClient(who: string, identity?: () => Promise<string>) {
    this.#who = who;
    this.#identity = identity;
    this.#isSigningOut = false;
    this.cache?.stop();
    const { storage, browser } = this.#options;
    const client = createVisitorClient({ ...this.place, identity, ...(storage && { storage }), ...browser });
    client.subscribe((signal) => {
      if (this.#isSigningOut) return;
      if (signal.kind === 'visitor') this.#emitIdentity(signal.visitorId);
      this.#events.onSignal(signal);
    });
    this.client = client;
    this.cache = new DeviceCache(client, this.#options.runtime);
    this.#emitIdentity(null);
  }

  #emitIdentity(visitorId: string | null) {
    const person = this.#who || null;
    const key = `${person} ${visitorId}`;
    if (key === this.#lastIdentity) return;
    this.#lastIdentity = key;
    const verified = person !== null && visitorId !== null;
    this.#options.emit('livechat-identity', { person, visitorId, verified });
  }
}
