import {
  browserRuntime,
  type InboxAddress,
  type Persistence,
  type Runtime,
  type VisitorClient,
  type VisitorClientOptions,
  type VisitorSignal,
  type WidgetConfig,
} from '@alur/client';
import { hasVisitorRecord } from '@alur/client/internal';
import type { CustomRunKinds } from '@alur/flow/run';
import { isBlank } from '@alur/flow/text';
import type { ReadableAtom } from 'nanostores';
import type { Emit } from '../events.ts';
import type { Conversation, ConversationAction } from '../store/conversation.ts';
import type { FlowEngine, Flows } from '../store/screen.ts';
import { ChatConnection } from './chat-connection.ts';
import { ComposerDraft } from './composer-draft.ts';
import { emitPageEvents } from './emit-page-events.ts';
import { FlowCache } from './flow-cache.ts';
import { DECISIONS, type ConsentDecision, type ConsentState } from './identity/consent.ts';
import { CurrentVisitor, type VisitorChange } from './identity/current-visitor.ts';
import type { IdentifyModule, IdentityProvider } from './identity/identify-visitor.ts';
import { InboxConfig } from './inbox-config.ts';
import { ReadMarker } from './read-marker.ts';
import { TurnSender } from './turn-sender.ts';
import { TypingSignals } from './typing-signals.ts';
import { ViewModel, type View } from './view-model.ts';

/** Options that the element passes to its session. */
export interface ChatSessionOptions extends InboxAddress {
  emit: Emit;
  /** Configuration that the launcher has fetched; null if it has none. */
  config: Promise<WidgetConfig | null>;
  /** Returns the page's own card kinds. */
  kinds?(): CustomRunKinds | undefined;
  /** Called with a later configuration. */
  onConfig(config: WidgetConfig): void;
  /** Loads the flow engine. */
  loadEngine(): Promise<FlowEngine>;
  /** Loads `identify`. */
  loadIdentify(): Promise<IdentifyModule>;
  /** How long the visitor is remembered. Default: `browser`. */
  persist?: Persistence | undefined;
  /** Opens the visitor's storage. Default: the storage for `persist`. */
  storage?: VisitorClientOptions['storage'] | undefined;
  /** Returns true if nothing may be stored or sent before the visitor agrees. Default: false. */
  needsConsent?(): boolean;
  /** Returns the language tag of the user interface, which a flow can read. */
  language?(): string;
  /** Whether replies are silent unless the visitor switches the sound on. Default: false. */
  muted?: boolean;
  /** Called when another tab shared a value (`share`). */
  onShared?(key: string, value: unknown): void;
  /** Called when the visitor was forgotten, in this or another tab. */
  onForgotten?(): void;
  /** Replacements for parts of the browser, for simulations. */
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'> & { runtime: Runtime };
}

/** One visitor's conversation in one inbox. The panel's model, without DOM. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #runtime: Runtime;
  readonly #visitor: CurrentVisitor;
  readonly #config = new InboxConfig({
    now: () => this.#runtime.now(),
    fetch: () => this.#visitor.client.config(),
    onConfig: (config) => this.#applyConfig(config),
    onFault: (error) => this.#view.takeFault(error),
  });
  readonly #flowCache = new FlowCache({
    fetch: (pin) => this.#visitor.client.publicFlow(pin),
    zones: () => this.#config.current?.zones,
    kinds: () => this.#options.kinds?.(),
    mayFetch: () => this.#connection.isStarted,
    after: (ms, action) => this.#runtime.after(ms, action),
    loadEngine: () => this.#options.loadEngine(),
    onLoad: () => this.#view.refresh(),
  });
  readonly #view: ViewModel;
  readonly #connection: ChatConnection;
  readonly #draft: ComposerDraft;
  readonly #readMarker: ReadMarker;
  readonly #sender: TurnSender;
  readonly #typing: TypingSignals;

  constructor(options: ChatSessionOptions) {
    const runtime = options.browser?.runtime ?? browserRuntime();
    this.#options = options;
    this.#runtime = runtime;
    this.#view = new ViewModel({
      emit: options.emit,
      flows: (config) => this.#flows(config),
      onConversation: (conversation, action) => this.#storeConversation(conversation, action),
    });
    this.#visitor = new CurrentVisitor(
      { ...options, runtime },
      {
        onSignal: (signal) => this.#handleSignal(signal),
        onConsent: () => this.#view.set({ consent: this.#visitor.consent.state }),
        onChange: (...change) => this.#handleVisitorChange(...change),
      },
    );
    this.#connection = new ChatConnection({
      runtime,
      visitor: this.#visitor,
      view: this.#view,
      isTabOnly: options.persist === 'tab',
      onStart: () => this.#handleStart(),
    });
    this.#draft = new ComposerDraft(runtime.newId, (draft) => this.#view.set({ draft }));
    const signals = { runtime, view: this.#view, client: () => this.#visitor.client };
    this.#readMarker = new ReadMarker(signals);
    this.#typing = new TypingSignals(signals);
    this.#sender = new TurnSender({
      runtime,
      visitor: this.#visitor,
      view: this.#view,
      connection: this.#connection,
      draft: this.#draft,
      flows: (config) => this.#flows(config),
      language: () => options.language?.(),
      clearDraft: () => this.setDraft(''),
    });
    this.#view.set({ consent: this.#visitor.consent.state, muted: options.muted === true });
    // Fetch a flow that will be needed before the first message.
    this.#view.atom.subscribe(({ screen, config, draft }) => {
      this.#flowCache.compiled(screen.session?.flow ?? config?.flow ?? null);
      // A page that was closed after Enter may have sent its draft without deleting it. Only memory is
      // cleared: the stored draft may belong to another tab by now.
      if (draft && screen.messages.some(({ id }) => id === this.#draft.id)) this.#draft.set('');
    });
    void options.config.then((config) => config && this.#config.take(config, true));
  }

  /** Observable view of the session. */
  get view(): ReadableAtom<View> {
    return this.#view.atom;
  }

  /** Whether data may be stored on the device. */
  get mayKeep(): boolean {
    return this.#options.persist !== 'none' && this.#visitor.consent.allows;
  }

  /**
   * Creates the visitor if necessary and stays connected, as soon as consent allows. With `retriesStorage`, a
   * tab whose storage failed tries to open it again, if nothing would be lost.
   */
  connect(retriesStorage = false): void {
    this.#connection.connect(retriesStorage);
  }

  /** Connects again, if a chat was requested before. */
  reconnect(): void {
    this.#connection.reconnect();
  }

  /** Disconnects once everything is sent. */
  disconnectWhenIdle(): void {
    this.#connection.disconnectWhenIdle();
  }

  /** Starts the next attempt of everything that waits. */
  retryNow(): void {
    this.#visitor.client.retryNow();
  }

  /** Requests the number of unread messages once. Does not create a visitor. */
  async peek(): Promise<void> {
    const { client, consent } = this.#visitor;
    const known = consent.allows && (await client.peek());
    if (!known || client !== this.#visitor.client || this.#connection.isStarted) return;
    this.#view.noteUnread(known.unread);
  }

  /** Sets whether the messages are visible to the visitor. Visible messages are marked as read. */
  setWatched(watched: boolean): void {
    this.#readMarker.setWatched(watched);
  }

  /**
   * Sends a message for the visitor after all pending changes. Resolves with the message's id when it is
   * stored on this device. Rejects with `ConsentError` when the visitor refuses.
   */
  async send(text: string): Promise<string> {
    // The page passes this value, and an invalid queued message would survive reloads.
    if (typeof text !== 'string' || isBlank(text))
      throw new TypeError('sendMessage needs a text that is not blank.');
    return this.#sender.send(text);
  }

  /** Sends the composer's text. It stays in the composer until it may be sent. */
  sendDraft(): Promise<void> {
    return this.#sender.sendDraft();
  }

  /** Presses a button of a waiting message. */
  press(cardId: string, buttonId: string): Promise<void> {
    return this.#sender.press(cardId, buttonId);
  }

  /** Sends a failed message again. */
  retry(id: string): Promise<void> {
    return this.#visitor.client.retry(id);
  }

  /** Moves a failed message back to the composer, before the current draft. */
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

  /** Sets the draft and stores it for the next page and the other tabs. */
  setDraft(draft: string): void {
    this.#draft.set(draft);
    if (!this.#connection.isStarted) return;
    this.#visitor.cache.keepDraft(draft && { id: this.#draft.id, text: draft });
    this.share('draft', draft);
  }

  /** The client, for `doctor()` and for work that only one of the visitor's tabs does. */
  get client(): Pick<VisitorClient, 'leading' | 'hostNow'> {
    return this.#visitor.client;
  }

  /** Switches the sound of replies off or on, in all tabs. */
  setMuted(muted: boolean): void {
    this.#view.set({ muted });
    if (!this.#connection.isStarted) return;
    this.#visitor.cache.keepMuted(muted);
    this.share('muted', muted);
  }

  /** Sends a value to the visitor's other tabs. */
  share(key: string, value: unknown): void {
    this.#visitor.client.share(key, value);
  }

  /** Shows the host that the visitor is writing. */
  noteTyping(): void {
    this.#typing.send();
  }

  /** Identifies the visitor by a JWT that the site's backend signs. Each person has separate storage. */
  identify(provider: IdentityProvider): Promise<void> {
    return this.#visitor.identify(provider);
  }

  /**
   * Sets facts about the visitor for the flow. `name`, `email` and `phone` are fields, all others are
   * attributes.
   */
  setAttributes(attributes: Record<string, unknown>): void {
    this.#sender.setAttributes(attributes);
  }

  /**
   * Forgets this and all earlier visitors on this device. The next message or opening creates a new visitor.
   */
  reset(): Promise<void> {
    return this.#visitor.forget();
  }

  /**
   * Deletes all data of the visitor on this device and at the host. Rejects when the host refuses, and when
   * there is no response: then it is unknown whether the host has deleted the data.
   */
  erase(): Promise<void> {
    return this.#visitor.erase();
  }

  /**
   * Records the consent decision, or only returns the state. After `withdrawn` the stored data is deleted
   * immediately; the draft stays. Decisions apply in the order of their calls, so the last one wins.
   */
  async decide(decision?: ConsentDecision): Promise<ConsentState> {
    if (!decision) return this.#visitor.consent.state;
    if (!DECISIONS.includes(decision)) throw new TypeError('consent needs granted, denied or withdrawn.');
    const isKept = () => this.#connection.isStarted || hasVisitorRecord(this.#visitor.place);
    const state = await this.#visitor.decide(decision, isKept);
    this.reconnect();
    return state;
  }

  close(): void {
    this.#stopTimers();
    this.#visitor.close();
  }

  /** Starts again with an empty view and no connection. */
  #handleVisitorChange(change: VisitorChange, consent?: ConsentDecision) {
    this.#stopTimers();
    this.#connection.reset(change);
    this.#view.clear();
    if (change !== 'same') {
      // A visitor who refuses storage is still there and keeps the draft.
      if (!consent) this.#draft.set('');
      this.#sender.forgetPerson();
    }
    if (change === 'none') this.#options.onForgotten?.();
    this.reconnect();
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
        this.#typing.show(signal.typing);
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
        // While the host refuses all requests, further attempts are useless. The next opening of the panel
        // tries again.
        if (refusal && status === 'offline' && !this.#connection.disconnectsWhenIdle)
          this.disconnectWhenIdle();
        // A queued entry was accepted, so the host no longer refuses.
        if (refusal && status === 'online') this.reconnect();
        if (status === 'online' && !this.#config.current) void this.#config.refresh();
        break;
      }
      case 'not-kept':
        this.#view.set({ kept: false });
        break;
      case 'shared':
        if (signal.key === 'draft') this.#draft.set(String(signal.value));
        else if (signal.key === 'muted') this.#view.set({ muted: signal.value === true });
        else this.#options.onShared?.(signal.key, signal.value);
        break;
      case 'forgotten':
        void this.#visitor.followForgotten(signal.why);
        break;
    }
    emitPageEvents(this.#options.emit, signal, before, this.#view.current.screen);
  }

  #handleStart() {
    // From here on, the flow may be fetched.
    this.#view.set({});
    // A draft of this visitor, also from before they were identified, is stored from here on.
    const { draft } = this.#view.current;
    if (draft) this.setDraft(draft);
    void this.#restore();
    void this.#config.refresh();
    this.#storeConfig();
  }

  async #restore() {
    const { client, cache } = this.#visitor;
    const kept = await cache.recall().catch(() => null);
    if (!kept || client !== this.#visitor.client) return;
    const { loading, conversation, draft } = this.#view.current;
    if (kept.config) this.#config.take(kept.config, false);
    if (typeof kept.draft?.text === 'string' && !draft) this.#draft.set(kept.draft.text, kept.draft.id);
    if (kept.muted !== undefined) this.#view.set({ muted: kept.muted });
    if (kept.conversation && loading) {
      this.#view.set({ conversation: { ...conversation, ...kept.conversation }, loading: false });
    }
  }

  #applyConfig(config: WidgetConfig) {
    this.#view.set({ config });
    // The engine marks the chosen buttons in earlier messages, even if there is no flow.
    void this.#flowCache.loadEngine().catch(() => {});
    this.#options.onConfig(config);
    this.#storeConfig();
  }
  #storeConfig() {
    if (this.#config.current && this.#connection.isStarted)
      this.#visitor.cache.keepConfig(this.#config.current);
  }

  #storeConversation(conversation: Conversation, { kind }: ConversationAction) {
    this.#readMarker.mark();
    if (this.#connection.isStarted && kind !== 'typing' && kind !== 'outbox')
      this.#visitor.cache.keepConversation(conversation);
  }
  #stopTimers() {
    this.#connection.stop();
    this.#typing.stop();
    this.#readMarker.stop();
  }
}
