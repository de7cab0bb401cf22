import {
  createVisitorClient,
  type InboxAddress,
  type Persistence,
  type Runtime,
  type VisitorClient,
  type VisitorClientOptions,
  type VisitorSignal,
} from '@alur/client';
import type { VisitorPlace } from '@alur/client/internal';
import type { VerifiedVisitor } from '@alur/flow/run';
import type { Emit } from '../../events.ts';
import { DeviceCache } from '../device-cache.ts';
import { Consent, type ConsentDecision, type ConsentState } from './consent.ts';
import type { IdentifyModule, IdentityProvider } from './identify-visitor.ts';
import type { IdentityClaims } from './read-identity-token.ts';
import { VerbQueue } from './verb-queue.ts';

/** Options of `CurrentVisitor`. */
export interface CurrentVisitorOptions extends InboxAddress {
  emit: Emit;
  runtime: Runtime;
  persist?: Persistence | undefined;
  storage?: VisitorClientOptions['storage'] | undefined;
  needsConsent?(): boolean;
  /** Loads `identify`. */
  loadIdentify(): Promise<IdentifyModule>;
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'>;
}

/** Callbacks for changes of the visitor. */
export interface VisitorEvents {
  onSignal(signal: VisitorSignal): void;
  onConsent(): void;
  /**
   * Called after a change. `consent` is the decision to refuse or withdraw, if that is why the visitor was
   * forgotten.
   */
  onChange(change: VisitorChange, consent?: ConsentDecision): void;
}

/**
 * The visitor after a change: the `same` person, now identified; an `other` one; or `none` until a chat is
 * requested. Only the same person keeps the draft. No visitor keeps the messages.
 */
export type VisitorChange = 'same' | 'other' | 'none';

/**
 * Current visitor of the device. There is one client at a time, each person has separate storage, and changes
 * run one after the other.
 */
export class CurrentVisitor {
  readonly consent: Consent;
  client!: VisitorClient;
  cache!: DeviceCache;
  /** The only queue of what changes or needs the visitor. */
  readonly queue: VerbQueue;
  readonly #options: CurrentVisitorOptions;
  readonly #events: VisitorEvents;
  #who = '';
  #identity: IdentityProvider | undefined;
  #verified: VerifiedVisitor | null = null;
  #isSigningOut = false;
  /** The person who withdrew consent. The draft is still theirs. */
  #withdrawnPerson = '';
  readonly #closingClients = new Set<VisitorClient>();
  #lastIdentity = 'null null';

  constructor(options: CurrentVisitorOptions, events: VisitorEvents) {
    this.#options = options;
    this.#events = events;
    this.queue = new VerbQueue(options.runtime);
    this.consent = new Consent(this.place, options.needsConsent ?? (() => false), () => {
      options.emit('livechat-consent', { state: this.consent.state });
      events.onConsent();
    });
    this.#startClient('');
  }

  /** Subject of the identity token; empty for an anonymous visitor. */
  get who(): string {
    return this.#who;
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
  identify(provider: IdentityProvider): Promise<void> {
    const identify = async () => {
      const { identifyVisitor } = await this.queue.limit(this.#options.loadIdentify());
      await identifyVisitor(provider, this);
    };
    return this.queue.run(() => identify().catch(this.reportIdentity));
  }

  /** Emits the error of an identity token and throws it. */
  readonly reportIdentity = (error: unknown): never => {
    this.#options.emit('livechat-error', { code: 'identity', message: String(error) });
    throw error;
  };

  /** Continues with an identified person. The client requests further tokens from `identity`. */
  switchTo({ who, verified }: IdentityClaims, identity: IdentityProvider): void {
    const isSame = this.#who === '' && (!this.#withdrawnPerson || this.#withdrawnPerson === who);
    this.#withdrawnPerson = '';
    // The draft moves to the identified visitor. It must not stay for the next anonymous visitor.
    if (isSame) this.cache.releaseDraft();
    this.#drainAndClose(this.client);
    this.#startClient(who, identity);
    this.#verified = verified;
    this.consent.move(this.place);
    this.#events.onChange(isSame ? 'same' : 'other');
  }

  /** Sets the claims of a newer token, if `who` is still the current person. */
  noteClaims(who: string, verified: VerifiedVisitor): void {
    if (this.#who === who) this.#verified = verified;
  }

  /**
   * Starts a new client for the same visitor, whose device may be able to store data now. Does nothing if a
   * message was written in the meantime (`isLost`).
   */
  renew(isLost: () => boolean): Promise<void> {
    return this.queue.run(async () => {
      if (!isLost()) return;
      this.#drainAndClose(this.client);
      this.#startClient(this.#who, this.#identity);
      this.#events.onChange('same');
    });
  }

  /**
   * Forgets this and all earlier visitors on this device, in all tabs. No new visitor is created before a
   * chat is requested.
   */
  forget(): Promise<void> {
    return this.queue.runSignOut(() => this.#signOutAll(() => this.#forgetOne(undefined, true)));
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
    if (signsOut()) return this.queue.runSignOut(act);
    // A pending identity token must not delay the decision.
    return this.queue.hasSignOut ? this.queue.run(act) : act();
  }

  /**
   * Erases the visitor at the host and forgets them on this device. Rejects when the host refuses: then
   * nothing has changed. Rejects also without a response: then the state at the host is unknown, and a
   * repeated call is safe.
   */
  erase(): Promise<void> {
    return this.queue.runSignOut(() =>
      this.#signOutAll(async () => {
        await this.client.erase();
        await this.#forgetOne();
      }),
    );
  }

  /** Forgets the visitor after another tab has done so. */
  followForgotten(why: 'reset' | 'withdrawn'): Promise<void> {
    return this.queue.runSignOut(async () => {
      this.#signOut(why === 'withdrawn' ? why : undefined);
      this.#startClient('');
    });
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
   * Removes the visitor and then the anonymous visitor from before `identify`, so that nothing stays on the
   * device.
   */
  async #signOutAll(signOut: () => Promise<void>) {
    const wasKnown = this.#who !== '';
    await signOut();
    if (wasKnown) await signOut();
  }
  async #forgetOne(consent?: ConsentDecision, others = false) {
    const { client } = this;
    for (const closing of this.#closingClients) closing.close();
    this.#signOut(consent);
    // Notifies the other tabs before there is a new client, which would receive the message itself.
    const forgotten = client.forget(consent ? 'withdrawn' : 'reset', others);
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
    this.#events.onChange('none', consent);
  }

  #startClient(who: string, identity?: IdentityProvider) {
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
