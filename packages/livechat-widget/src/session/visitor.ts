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

/** How long the page may take to say who is there. */
const IDENTITY_MS = 20_000;
/** And how long when somebody wants to leave. */
const LEAVE_MS = 1_000;

/** What is needed to speak for a visitor. */
export interface VisitorOptions extends InboxAddress {
  emit: Emit;
  runtime: Runtime;
  persist?: Persistence | undefined;
  storage?: VisitorClientOptions['storage'] | undefined;
  needsConsent?(): boolean;
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'>;
}

/** What the visitor's conversation does when somebody else sits down, or nobody any more. */
export interface VisitorEvents {
  onSignal(signal: VisitorSignal): void;
  onConsent(): void;
  /**
   * `client` is another one now; with a `consent` that says no, because whoever is there wants to be
   * forgotten.
   */
  onBegin(who: Newcomer, consent?: ConsentDecision): void;
}

/**
 * Who is there now: the `same` one, who said their name; somebody `else`; or `nobody`, until somebody wants
 * to chat. Only the same one may see what is being written, and nobody what was said.
 */
export type Newcomer = 'same' | 'else' | 'nobody';

/**
 * Who sits at the device: one client at a time, each person with a storage of their own, and changes one
 * after the other.
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
  #isLeaving = false;
  /** Who was there when consent was withdrawn: what is still being written is theirs. */
  #left = '';
  /** Changes asked for after which nobody is there. */
  #leavings = 0;
  /** Cuts short the wait for the page's word on who is there. */
  #retryNow: () => unknown = () => {};
  readonly #retiring = new Set<VisitorClient>();
  #told = 'null null';
  /** Resolves when every change so far is done with, well or ill. */
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

  /** What the newest identity token states about the visitor; null for an anonymous one. */
  get verified(): VerifiedVisitor | null {
    return this.#who ? this.#verified : null;
  }

  /** Whose traces in which inbox. */
  get place(): VisitorPlace {
    const { host, inboxId, persist } = this.#options;
    return { host, inboxId, persist, who: this.#who };
  }

  /**
   * Makes the visitor known by a JWT that the site's backend signs. The one who is there already stays
   * undisturbed. Rejects when no token comes within 20 s, or within one second once somebody wants to leave,
   * and when what comes is no token. Then nothing changes, and `livechat-error` has the code `identity`.
   */
  identify(provider: () => Promise<string>): Promise<void> {
    return this.inTurn(async () => {
      const identity = await this.#askIdentity(provider);
      const { who } = identity;
      let first: typeof identity | null = identity;
      if (who === this.#who) return;
      const isSame = this.#who === '' && (!this.#left || this.#left === who);
      this.#left = '';
      // An unsent draft goes along; it must not stay behind for the next anonymous visitor.
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
   * Begins anew with the same one, whose device can perhaps keep something by now, unless something has been
   * said meanwhile (`isLost`).
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
   * Forgets whoever is there and whoever was there before, on this device and in all tabs. Nobody is met
   * again before somebody wants to chat.
   */
  forget(): Promise<void> {
    return this.#leaveInTurn(() => this.#leaveAll(() => this.#forgetOne(undefined, true)));
  }

  /**
   * Takes down what the visitor decided, at once, or else behind the leavings asked for before. What they
   * take back is forgotten, by the host as well; so is what they refuse once `isKept`. Gives what stands
   * then.
   */
  decide(consent: ConsentDecision, isKept: () => boolean): Promise<ConsentState> {
    const leaves = () => consent === 'withdrawn' || (consent === 'denied' && isKept());
    const act = async () => {
      if (leaves()) await this.#leaveAll(() => this.#forgetOne(consent));
      else this.consent.decide(consent);
      return this.consent.state;
    };
    // Whatever is still to be done before: what waits is not sent any more.
    if (consent === 'withdrawn') this.client.stopSending();
    if (leaves()) return this.#leaveInTurn(act);
    // A page that still has to say who is there does not keep them from deciding.
    return this.#leavings > 0 ? this.inTurn(act) : act();
  }

  /**
   * Has the host erase everything, and forgets it here. Rejects when the host refuses: then nothing changed;
   * and when no answer comes: then it is not known whether the host has done it, and asking again does no
   * harm.
   */
  erase(): Promise<void> {
    return this.#leaveInTurn(() =>
      this.#leaveAll(async () => {
        await this.client.erase();
        await this.#forgetOne();
      }),
    );
  }

  /** Another tab has forgotten whoever is there: so does this one. */
  followForgotten(why: 'reset' | 'withdrawn'): Promise<void> {
    return this.#leaveInTurn(async () => {
      this.#signOut(why === 'withdrawn' ? why : undefined);
      this.#startClient('');
    });
  }

  /**
   * Does something while the visitor stays who they are: after every change asked for so far, before all
   * later ones.
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

  /** What somebody said before logging in is still to reach the host. */
  #drainAndClose(client: VisitorClient) {
    this.#retiring.add(client);
    void client.drainAndClose().then(() => this.#retiring.delete(client));
  }
  /**
   * Asks the page for a token and reads whose it is; it must be that of `expected`, if given. Tells the page
   * why there is none.
   */
  async #askIdentity(provider: () => Promise<string>, expected?: string) {
    try {
      const token = await this.#answerOf(provider);
      const { who, verified } = readPerson(token);
      if (expected !== undefined && who !== expected) throw new Error('The token names another person.');
      return { token, who, verified };
    } catch (error) {
      this.#options.emit('livechat-error', { code: 'identity', message: String(error) });
      throw error;
    }
  }
  /** The page's word on who is there. Nobody waits for it for ever, and whoever leaves hardly at all. */
  #answerOf(provider: () => Promise<string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const giveUpAfter = (ms: number) =>
        this.#options.runtime.after(ms, () => reject(new Error('No identity token.')));
      const cancel = giveUpAfter(this.#leavings > 0 ? LEAVE_MS : IDENTITY_MS);
      this.#retryNow = () => giveUpAfter(LEAVE_MS);
      void provider().then(resolve, reject).finally(cancel);
    });
  }
  /** Does what leaves nobody there, in its turn, for which it does not wait long. */
  #leaveInTurn<T>(action: () => Promise<T>): Promise<T> {
    this.#retryNow();
    this.#leavings += 1;
    return this.inTurn(() => action().finally(() => (this.#leavings -= 1)));
  }
  /** Nothing is left for the next one at this device, not even what was said before logging in. */
  async #leaveAll(leave: () => Promise<void>) {
    const wasKnown = this.#who !== '';
    await leave();
    if (wasKnown) await leave();
  }
  async #forgetOne(consent?: ConsentDecision, everybody = false) {
    const { client } = this;
    for (const retiring of this.#retiring) retiring.close();
    this.#signOut(consent);
    // The other tabs are told before there is a new client, which would take it for its own sentence.
    const forgotten = client.forget(consent ? 'withdrawn' : 'reset', everybody);
    this.#startClient('');
    await forgotten;
  }
  /** Nothing of what was can be seen from here on, however long device and host take to forget it. */
  #signOut(consent?: ConsentDecision) {
    this.#isLeaving = true;
    this.#left = consent ? this.#left || this.#who : '';
    this.#who = '';
    this.cache.stop();
    this.consent.forget(this.place, consent);
    this.#events.onBegin('nobody', consent);
  }

  #startClient(who: string, identity?: () => Promise<string>) {
    this.#who = who;
    this.#identity = identity;
    this.#isLeaving = false;
    this.cache?.stop();
    const { storage, browser } = this.#options;
    const client = createVisitorClient({ ...this.place, identity, ...(storage && { storage }), ...browser });
    client.subscribe((signal) => {
      if (this.#isLeaving) return;
      if (signal.kind === 'visitor') this.#tellIdentity(signal.visitorId);
      this.#events.onSignal(signal);
    });
    this.client = client;
    this.cache = new DeviceCache(client, this.#options.runtime);
    this.#tellIdentity(null);
  }

  #tellIdentity(visitorId: string | null) {
    const person = this.#who || null;
    const told = `${person} ${visitorId}`;
    if (told === this.#told) return;
    this.#told = told;
    const verified = person !== null && visitorId !== null;
    this.#options.emit('livechat-identity', { person, visitorId, verified });
  }
}
