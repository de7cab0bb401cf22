import {
  browserRuntime,
  hasVisitorRecord,
  type InboxAddress,
  type Persistence,
  type Runtime,
  type VisitorClient,
  type VisitorClientOptions,
  type VisitorInput,
  type VisitorSignal,
  type WidgetConfig,
} from '@alur/client';
import { isBlank, type Facts } from '@alur/flow/run';
import type { ReadableAtom } from 'nanostores';
import type { Emit } from '../events.ts';
import { newestSeq, type Conversation, type ConversationAction } from '../store/conversation.ts';
import type { FlowEngine, Flows } from '../store/screen.ts';
import { DECISIONS, type ConsentDecision, type ConsentState } from './consent.ts';
import { FlowCache } from './flow-cache.ts';
import { InboxConfig } from './inbox-config.ts';
import { emitPageEvents } from './emit-page-events.ts';
import { SessionView, type View } from './session-view.ts';
import { createTurn } from './create-turn.ts';
import { withAttributes } from './visitor-facts.ts';
import { Visitor, type Newcomer } from './visitor.ts';

export type { View } from './session-view.ts';

/** What a session needs from the element around it. */
export interface SessionOptions extends InboxAddress {
  emit: Emit;
  /** The configuration that the launcher has already asked for; null when it got none. */
  config: Promise<WidgetConfig | null>;
  /** A configuration came by another way. */
  onConfig(config: WidgetConfig): void;
  /** Loads what runs a flow. */
  loadEngine(): Promise<FlowEngine>;
  /** How long the visitor is remembered. Default: `browser`. */
  persist?: Persistence | undefined;
  /** Where the visitor is kept, if not where `persist` says by itself. */
  storage?: VisitorClientOptions['storage'] | undefined;
  /** Whether nothing may be kept or sent before the visitor agrees. Default: no. */
  needsConsent?(): boolean;
  /** Language tag of the words on the screen; a flow may speak it. */
  language?(): string;
  /** Whether replies make no sound unless the visitor wants them to. Default: no. */
  muted?: boolean;
  /** Another tab shared something (`share`). */
  onShared?(key: string, value: unknown): void;
  /** Another tab forgot the visitor, and this one has done the same. */
  onForgotten?(): void;
  /** What stands in for parts of the browser, in a simulation. */
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'> & { runtime: Runtime };
}

const READ_MS = 400;
const TYPING_MS = 6_000;
const TYPING_EVERY_MS = 3_000;

/** One visitor's conversation in one inbox, behind the panel. No DOM of its own. */
export class LivechatSession {
  readonly #options: SessionOptions;
  readonly #runtime: Runtime;
  readonly #visitor: Visitor;
  readonly #config = new InboxConfig({
    now: () => this.#runtime.now(),
    fetch: () => this.#visitor.client.config(),
    onConfig: (config) => this.#takeConfig(config),
    onFault: (error) => this.#view.takeFault(error),
  });
  readonly #flowCache = new FlowCache({
    fetch: (pin) => this.#visitor.client.publicFlow(pin),
    zones: () => this.#config.current?.zones,
    mayFetch: () => this.#connected,
    after: (ms, action) => this.#runtime.after(ms, action),
    loadEngine: () => this.#options.loadEngine(),
    onLoad: () => this.#view.refresh(),
  });
  readonly #view: SessionView;
  #person: Facts['visitor'];
  /** The id that what is being written will have as a turn. */
  #draftId = '';
  /**
   * Whether the next letter begins another turn: nothing is being written, or what was found here, which may
   * have been sent.
   */
  #anew = true;
  /** Whether somebody wants to chat, as soon as they may. */
  #wanted = false;
  #connected = false;
  #disconnectsWhenIdle = false;
  #watched = false;
  #pressing = false;
  #typedAt = 0;
  #cancelStart = () => {};
  #cancelTyping = () => {};
  #cancelRead = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#runtime = options.browser?.runtime ?? browserRuntime();
    this.#view = new SessionView({
      emit: options.emit,
      flows: (config) => this.#flows(config),
      onConversation: (conversation, action) => this.#keep(conversation, action),
    });
    this.#visitor = new Visitor(
      { ...options, runtime: this.#runtime },
      {
        onSignal: (signal) => this.#handleSignal(signal),
        onConsent: () => this.#view.set({ consent: this.#visitor.consent.state }),
        onBegin: (...what) => this.#begin(...what),
      },
    );
    this.#view.set({ consent: this.#visitor.consent.state, muted: options.muted === true });
    // A flow about to be needed is fetched before the first word.
    this.#view.atom.subscribe(({ screen, config, draft }) => {
      this.#flowCache.compiled(screen.session?.flow ?? config?.flow ?? null);
      // A page that was closed right after Enter may have sent its last word, and not come to keep that
      // nobody is writing it any more. What the device keeps may be another tab's by now.
      if (draft && screen.messages.some(({ id }) => id === this.#draftId)) this.#takeDraft('');
    });
    void options.config.then((config) => config && this.#config.take(config, true));
  }

  /** What there is to see; calls back on every change. */
  get view(): ReadableAtom<View> {
    return this.#view.atom;
  }

  /** Whether something may be kept on the device. */
  get mayKeep(): boolean {
    return this.#options.persist !== 'none' && this.#visitor.consent.allows;
  }

  /**
   * Becomes a visitor and stays in touch, as soon as the visitor agrees. With `anew`, a tab that could keep
   * nothing so far tries once more, if there is nothing to lose by it.
   */
  connect(anew = false): void {
    this.#wanted = true;
    if (!this.#visitor.consent.allows) return;
    this.#disconnectsWhenIdle = false;
    if (this.#connected) {
      if (anew && this.#isLost()) return void this.#visitor.renew(() => this.#isLost());
      return this.#visitor.client.connect();
    }
    this.#view.set({ loading: hasVisitorRecord(this.#visitor.place) });
    this.#cancelStart();
    // What there is to see already is seen first: storage and line have a task of their own.
    this.#cancelStart = this.#runtime.after(0, () => this.#start());
  }

  /** Connects again, if the session was connected before. */
  reconnect(): void {
    if (this.#wanted) this.connect();
  }

  /** Disconnects once everything is sent. */
  disconnectWhenIdle(): void {
    this.#disconnectsWhenIdle = true;
    if (this.#connected) this.#visitor.client.disconnectWhenIdle();
  }

  /** Makes the next attempt of everything that waits now. */
  retryNow(): void {
    this.#visitor.client.retryNow();
  }

  /** Asks for the number of unread messages once, where there is a visitor; nobody becomes one by it. */
  async peek(): Promise<void> {
    const { client, consent } = this.#visitor;
    const known = consent.allows && (await client.peek());
    if (!known || client !== this.#visitor.client || this.#connected) return;
    this.#view.noteUnread(known.unread);
  }

  /** Whether somebody is looking at the messages; what is looked at is read. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#markRead();
  }

  /**
   * Says something for whoever is there once every change asked for so far is through. Resolves with the
   * message's id when it is safe on this device; rejects with `ConsentError` when the visitor does not agree
   * to that.
   */
  async send(text: string): Promise<string> {
    // It comes from the page as well, and what is queued stays queued over reloads.
    if (typeof text !== 'string' || isBlank(text)) throw new TypeError('sendMessage needs words to say.');
    const { consent } = this.#visitor;
    const id = await this.#visitor.inTurn(async () => (consent.allows ? this.#say(text) : null));
    if (id) return id;
    await consent.ask();
    return this.#say(text);
  }

  /** Says what stands in the composer; it stands there until it may be sent. */
  async sendDraft(): Promise<void> {
    await this.#visitor.consent.ask();
    const text = this.#view.current.draft.trim();
    if (isBlank(text)) return;
    const said = this.#say(text, this.#draftId);
    this.setDraft('');
    await said;
  }

  /** Presses a button of a waiting message. */
  async press(cardId: string, buttonId: string): Promise<void> {
    const { run } = this.#view.current.screen;
    // The second half of a double click comes while the first press is being kept, or after it was taken.
    if (this.#pressing || run?.status !== 'waiting' || run.waitingAt !== cardId) return;
    this.#pressing = true;
    try {
      await this.#submit((id, at) => ({ kind: 'press', id, at, cardId, buttonId }));
    } finally {
      this.#pressing = false;
    }
  }

  /** Tries a message that was set aside once more. */
  retry(id: string): Promise<void> {
    return this.#visitor.client.retry(id);
  }

  /** Takes a message that was set aside back into the composer, before what is being written there. */
  async edit(id: string): Promise<void> {
    const { client } = this.#visitor;
    const turn = await client.discard(id);
    if (turn?.input.kind !== 'message' || client !== this.#visitor.client) return;
    const { draft } = this.#view.current;
    this.setDraft(!isBlank(draft) ? `${turn.input.text}\n${draft}` : turn.input.text);
  }

  /** Fetches a page of older messages. */
  async loadOlder(): Promise<void> {
    const { messages, more } = this.#view.current.conversation;
    const oldest = messages[0];
    if (!oldest || !more) return;
    const { client } = this.#visitor;
    const conversation = await client.older(oldest.seq);
    if (client === this.#visitor.client) this.#view.reduce({ kind: 'older', conversation });
  }

  /** Takes down what is being written: for the next page, and for the other tabs. */
  setDraft(draft: string): void {
    this.#takeDraft(draft);
    if (!this.#connected) return;
    this.#visitor.cache.keepDraft(draft && { id: this.#draftId, text: draft });
    this.share('draft', draft);
  }

  /** Who is there, for whoever looks for a fault, and for what only one of the visitor's tabs does. */
  get client(): Pick<VisitorClient, 'leading' | 'hostNow'> {
    return this.#visitor.client;
  }

  /** Silences replies, or not, in all tabs. */
  setMuted(muted: boolean): void {
    this.#view.set({ muted });
    if (!this.#connected) return;
    this.#visitor.cache.keepMuted(muted);
    this.share('muted', muted);
  }

  /** Tells the visitor's other tabs something that they should have in common. */
  share(key: string, value: unknown): void {
    this.#visitor.client.share(key, value);
  }

  /** Notes that the visitor is writing. */
  noteTyping(): void {
    const { conversation, status } = this.#view.current;
    const now = this.#runtime.now();
    if (!conversation.session || status !== 'online' || now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    void this.#visitor.client.typing();
  }

  /**
   * Makes the visitor known by a JWT that the site's backend signs; each person has a storage of their own.
   */
  identify(provider: () => Promise<string>): Promise<void> {
    return this.#visitor.identify(provider);
  }

  /** Facts about the visitor for the flow: `name`, `email` and `phone` have a place of their own. */
  setAttributes(attributes: Record<string, unknown>): void {
    this.#person = withAttributes(this.#person, attributes);
  }

  /**
   * Forgets the visitor, and whoever else was there, on this device. The next word, or the next opening,
   * begins anew.
   */
  reset(): Promise<void> {
    return this.#visitor.forget();
  }

  /**
   * Deletes everything, here and at the host. Rejects when the host refuses, and when no answer comes: then
   * it is not known whether it has done it.
   */
  erase(): Promise<void> {
    return this.#visitor.erase();
  }

  /**
   * Takes down what the visitor decided, or tells what they did. What they take back is wiped at once; what
   * they are writing stays. Decisions are carried out in their order, so that the last one stands.
   */
  async decide(decision?: ConsentDecision): Promise<ConsentState> {
    if (!decision) return this.#visitor.consent.state;
    if (!DECISIONS.includes(decision)) throw new TypeError('consent needs granted, denied or withdrawn.');
    const isKept = () => this.#connected || hasVisitorRecord(this.#visitor.place);
    const state = await this.#visitor.decide(decision, isKept);
    if (this.#wanted) this.connect();
    return state;
  }

  close(): void {
    this.#stopTimers();
    this.#visitor.close();
  }

  /** Starts over with nothing to show and nobody to talk to yet. */
  #begin(who: Newcomer, consent?: ConsentDecision) {
    this.#stopTimers();
    this.#connected = false;
    this.#view.clear();
    if (who !== 'same') {
      // Who does not want to be remembered sits there still, and writes on.
      if (!consent) this.#takeDraft('');
      this.#person = undefined;
    }
    if (who === 'nobody') {
      this.#wanted = false;
      this.#options.onForgotten?.();
    } else if (this.#wanted) this.connect();
  }

  /** Whether nothing is kept that should be, and nothing has been said. */
  #isLost() {
    const { kept, conversation } = this.#view.current;
    return (
      this.#options.persist === 'tab' &&
      !kept &&
      !conversation.messages.length &&
      !conversation.pending.length
    );
  }
  #say(text: string, id?: string): Promise<string> {
    return this.#submit((id, at) => ({ kind: 'message', id, at, text }), id);
  }

  async #submit(
    inputOf: (id: string, at: string) => VisitorInput,
    id = this.#runtime.newId(),
  ): Promise<string> {
    this.connect();
    // What is said does not wait.
    this.#start();
    const { newId } = this.#runtime;
    const { client } = this.#visitor;
    const input = inputOf(id, new Date(client.hostNow()).toISOString());
    const { screen, config } = this.#view.current;
    const language = this.#options.language?.();
    const { verified } = this.#visitor;
    const flows = this.#flows(config);
    const context = { screen, config, newId, person: this.#person, verified, language, flows };
    await client.submit(createTurn(input, context));
    return id;
  }

  #flows(config: WidgetConfig | null): Flows {
    return { live: config?.flow ?? null, compiled: this.#flowCache.compiled, engine: this.#flowCache.engine };
  }

  #handleSignal(signal: VisitorSignal) {
    const before = this.#view.current.conversation;
    switch (signal.kind) {
      case 'snapshot':
        this.#view.set({ loading: false });
        this.#view.reduce(signal);
        break;
      case 'event':
        this.#view.reduce(signal);
        if (signal.event.type === 'session' && signal.event.session.status === 'resolved')
          void this.#config.refresh();
        break;
      case 'typing':
        if (signal.typing.by === 'visitor') break;
        this.#view.reduce(signal);
        this.#cancelTyping();
        this.#cancelTyping = this.#runtime.after(TYPING_MS, () =>
          this.#view.reduce({ kind: 'typing', typing: null }),
        );
        break;
      case 'answered':
      case 'outbox':
        this.#view.reduce(signal);
        break;
      case 'fault':
        this.#view.takeFault(signal.error);
        break;
      case 'connection': {
        const { status } = signal.connection;
        const { refusal } = this.#view.current;
        this.#view.takeConnection(signal.connection);
        // Where nobody may enter, knocking on costs the host something and gives nobody anything; the next
        // opening tries again.
        if (refusal && status === 'offline' && !this.#disconnectsWhenIdle) this.disconnectWhenIdle();
        // What was still to be sent has found the door open.
        if (refusal && status === 'online') this.reconnect();
        if (status === 'online' && !this.#config.current) void this.#config.refresh();
        break;
      }
      case 'not-kept':
        this.#view.set({ kept: false });
        break;
      case 'shared':
        if (signal.key === 'draft') this.#takeDraft(String(signal.value));
        else if (signal.key === 'muted') this.#view.set({ muted: signal.value === true });
        else this.#options.onShared?.(signal.key, signal.value);
        break;
      case 'forgotten':
        void this.#visitor.followForgotten(signal.why);
        break;
    }
    emitPageEvents(this.#options.emit, signal, before, this.#view.current.screen);
  }

  #start() {
    this.#cancelStart();
    const { client, consent } = this.#visitor;
    if (this.#connected || !consent.allows) return;
    this.#connected = true;
    // The flow may be fetched from here on.
    this.#view.set({});
    // What was written before, by this visitor while still anonymous too, is kept from here on.
    const { draft } = this.#view.current;
    if (draft) this.setDraft(draft);
    void this.#restore();
    void this.#config.refresh();
    this.#keepConfig();
    client.connect();
    if (this.#disconnectsWhenIdle) client.disconnectWhenIdle();
  }

  async #restore() {
    const { client, cache } = this.#visitor;
    const kept = await cache.recall().catch(() => null);
    if (!kept || client !== this.#visitor.client) return;
    const { loading, conversation, draft } = this.#view.current;
    if (kept.config) this.#config.take(kept.config, false);
    if (typeof kept.draft?.text === 'string' && !draft) this.#takeDraft(kept.draft.text, kept.draft.id);
    if (kept.muted !== undefined) this.#view.set({ muted: kept.muted });
    if (kept.conversation && loading) {
      this.#view.set({ conversation: { ...conversation, ...kept.conversation }, loading: false });
    }
  }
  #takeDraft(draft: string, foundId = '') {
    if (foundId || this.#anew) this.#draftId = foundId || this.#runtime.newId();
    this.#anew = !draft || foundId !== '';
    this.#view.set({ draft });
  }
  #takeConfig(config: WidgetConfig) {
    this.#view.set({ config });
    // Marks what was chosen in earlier messages, whether or not there is a flow.
    void this.#flowCache.loadEngine().catch(() => {});
    this.#options.onConfig(config);
    this.#keepConfig();
  }
  #keepConfig() {
    if (this.#config.current && this.#connected) this.#visitor.cache.keepConfig(this.#config.current);
  }

  /**
   * Notes what has been seen: at once on the screen, and for the host after a moment, as messages come in
   * swarms.
   */
  #markRead() {
    const { conversation } = this.#view.current;
    const upTo = newestSeq(conversation);
    if (!this.#watched || conversation.unread === 0 || upTo === 0) return;
    this.#view.reduce({ kind: 'read', upTo });
    this.#cancelRead();
    this.#cancelRead = this.#runtime.after(
      READ_MS,
      () => void this.#visitor.client.queue({ kind: 'read', upTo }),
    );
  }
  #keep(conversation: Conversation, { kind }: ConversationAction) {
    this.#markRead();
    if (this.#connected && kind !== 'typing' && kind !== 'outbox')
      this.#visitor.cache.keepConversation(conversation);
  }
  #stopTimers() {
    this.#cancelStart();
    this.#cancelTyping();
    this.#cancelRead();
  }
}
