import {
  browserRuntime,
  createVisitorClient,
  hasVisitorRecord,
  isClientError,
  type Connection,
  type InboxAddress,
  type QueuedTurn,
  type Runtime,
  type VisitorClient,
  type VisitorClientOptions,
  type VisitorSignal,
  type FlowPin,
  type VisitorInput,
  type WidgetConfig,
} from '@alur/client';
import { advance, compileFlow, startRun, type CompiledFlow, type Facts } from '@alur/flow/run';
import { atom, type ReadableAtom } from 'nanostores';
import type { Emit, LivechatStatus } from '../events.ts';
import {
  EMPTY_CONVERSATION,
  newestSeq,
  reduce,
  type Conversation,
  type ConversationAction,
} from '../store/conversation.ts';
import { screenOf, type Screen } from '../store/screen.ts';
import { personOf } from './person.ts';
import { withAttributes } from './visitor-facts.ts';

/** Everything the panel shows. */
export interface View {
  screen: Screen;
  conversation: Conversation;
  config: WidgetConfig | null;
  status: LivechatStatus;
  /** Why the host refuses, when `status` is `refused`. */
  refusal: string | null;
  /** Whether history is still awaited that ought to be there. */
  loading: boolean;
  /** Whether what is written survives the page. */
  kept: boolean;
  /** The text in the composer. */
  draft: string;
}

/** What a session needs from the element around it. */
export interface SessionOptions extends InboxAddress {
  emit: Emit;
  /** The configuration that the launcher has already asked for; null when it got none. */
  config: Promise<WidgetConfig | null>;
  /** A configuration came by another way. */
  onConfig(config: WidgetConfig): void;
  /** What stands in for parts of the browser, in a simulation. */
  browser?: Pick<VisitorClientOptions, 'storage' | 'locks'> & { runtime: Runtime };
}

/** Codes with which a host shuts its door for good. */
const REFUSALS = ['origin_not_allowed', 'not_found', 'inbox_type', 'scope_missing'];
const READ_MS = 400;
const TYPING_MS = 6_000;
const TYPING_EVERY_MS = 3_000;
const CONFIG_MS = 60_000;
const CACHED_MESSAGES = 50;

/** One visitor's conversation in one inbox, behind the panel. No DOM of its own. */
export class LivechatSession {
  readonly #options: SessionOptions;
  readonly #runtime: Runtime;
  readonly #view = atom<View>({
    screen: { messages: [], session: null, run: null, resolved: false },
    conversation: EMPTY_CONVERSATION,
    config: null,
    status: 'idle',
    refusal: null,
    loading: false,
    kept: true,
    draft: '',
  });
  readonly #flows = new Map<string, CompiledFlow | null>();
  #client: VisitorClient;
  #person: Facts['visitor'];
  #who = '';
  #watched = false;
  #connected = false;
  #pressing = false;
  #configAt = 0;
  #typedAt = 0;
  #cancelTyping = () => {};
  #cancelKeep = () => {};
  #cancelRead = () => {};
  #identifying: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#runtime = options.browser?.runtime ?? browserRuntime();
    this.#client = this.#createClient();
    void options.config.then((config) => config && this.#takeConfig(config, true));
  }

  /** What there is to see; calls back on every change. */
  get view(): ReadableAtom<View> {
    return this.#view;
  }

  /** Resolves when every `identify` so far is done with, well or ill. */
  get identified(): Promise<void> {
    return this.#identifying;
  }

  /** Becomes a visitor and stays in touch. */
  connect(): void {
    if (this.#connected) return this.#client.connect();
    this.#connected = true;
    const { host, inboxId } = this.#options;
    this.#set({ loading: hasVisitorRecord({ host, inboxId }) || this.#who !== '' });
    void this.#restore();
    void this.#refreshConfig();
    this.#client.connect();
  }

  /** Lets go of the line when everything is sent. */
  rest(): void {
    if (this.#connected) this.#client.rest();
  }

  /** Asks for the number of unread messages once, where there is a visitor; nobody becomes one by it. */
  async peek(): Promise<void> {
    const client = this.#client;
    const known = await client.peek();
    if (!known || client !== this.#client || this.#connected) return;
    this.#options.emit('livechat-unread', { count: known.unread });
  }

  /** Whether somebody is looking at the messages; what is looked at is read. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#markRead();
  }

  /** Says something. Resolves with the message's id when it is safe on this device. */
  async send(text: string): Promise<string> {
    // It comes from the page as well, and what is queued stays queued over reloads.
    if (typeof text !== 'string' || !text.trim()) throw new TypeError('sendMessage needs words to say.');
    return this.#submit((id, at) => ({ kind: 'message', id, at, text }));
  }

  /** Presses a button of a waiting message. */
  async press(cardId: string, buttonId: string): Promise<void> {
    const { run } = this.#view.get().screen;
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
    return this.#client.retry(id);
  }

  /** Takes a message that was set aside back into the composer, before what is being written there. */
  async edit(id: string): Promise<void> {
    const turn = await this.#client.discard(id);
    if (turn?.input.kind !== 'message') return;
    const { draft } = this.#view.get();
    this.setDraft(draft.trim() ? `${turn.input.text}\n${draft}` : turn.input.text);
  }

  /** Fetches a page of older messages. */
  async loadOlder(): Promise<void> {
    const { messages, more } = this.#view.get().conversation;
    const oldest = messages[0];
    if (!oldest || !more) return;
    this.#reduce({ kind: 'older', conversation: await this.#client.older(oldest.seq) });
  }

  setDraft(draft: string): void {
    this.#set({ draft });
  }

  /** Notes that the visitor is writing. */
  noteTyping(): void {
    const { conversation, status } = this.#view.get();
    const now = this.#runtime.now();
    if (!conversation.session || status !== 'online' || now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    void this.#client.typing();
  }

  /** Makes the visitor known by a JWT that the site's backend signs; each person has a storage of their own. */
  identify(provider: () => Promise<string>): Promise<void> {
    const before = this.#identifying;
    const next = before.then(() => this.#identify(provider));
    this.#identifying = next.catch(() => {});
    return next;
  }
  async #identify(provider: () => Promise<string>): Promise<void> {
    let first: string | null = await provider();
    const who = personOf(first);
    if (who === this.#who) return;
    this.#who = who;
    this.#restart(async () => {
      // The token in hand serves once; later ones are asked for when they are needed.
      const given = first ?? (await provider());
      first = null;
      return given;
    });
  }

  /** Facts about the visitor for the flow: `name`, `email` and `phone` have a place of their own. */
  setAttributes(attributes: Record<string, unknown>): void {
    this.#person = withAttributes(this.#person, attributes);
  }

  /** Forgets the visitor on this device and begins anew. */
  async reset(): Promise<void> {
    await this.#client.forget();
    const wasKnown = this.#who !== '';
    this.#who = '';
    // Who logs out leaves nothing for the next one at this device, not even what was said before logging in.
    if (wasKnown) await this.#createClient().forget();
    this.#person = undefined;
    this.#restart();
  }

  close(): void {
    this.#cancelTyping();
    this.#cancelKeep();
    this.#cancelRead();
    this.#client.close();
  }

  #createClient(identity?: () => Promise<string>): VisitorClient {
    const { host, inboxId, browser } = this.#options;
    const client = createVisitorClient({ host, inboxId, identity, who: this.#who, ...browser });
    client.listen((signal) => this.#hear(signal));
    return client;
  }
  #restart(identity?: () => Promise<string>) {
    // What somebody said before logging in is still to reach the host.
    void this.#client.retire();
    this.#client = this.#createClient(identity);
    const wasConnected = this.#connected;
    this.#connected = false;
    this.#cancelKeep();
    this.#cancelRead();
    this.#set({ conversation: EMPTY_CONVERSATION, status: 'idle', kept: true, draft: '' });
    if (wasConnected) this.connect();
  }

  async #submit(inputOf: (id: string, at: string) => VisitorInput): Promise<string> {
    this.connect();
    const id = this.#runtime.newId();
    const input = inputOf(id, new Date(this.#client.hostNow()).toISOString());
    await this.#client.submit(this.#turnOf(input));
    return id;
  }
  /** The turn for an input: the session it belongs to, and what the flow makes of it as far as this device can tell. */
  #turnOf(input: VisitorInput): QueuedTurn {
    const { screen, config } = this.#view.get();
    const opens = screen.session === null;
    const pin = screen.session ? screen.session.flow : config ? config.flow : undefined;
    const turn: QueuedTurn = { id: input.id, session: screen.session?.id ?? this.#runtime.newId(), input };
    if (pin !== undefined) turn.flow = pin;
    if (opens) turn.facts = this.#facts;
    if (pin === null) return { ...turn, effects: [] };
    const flow = pin && this.#compiled(pin);
    if (!flow) return turn;
    const run = screen.run ?? startRun(flow, turn.facts);
    return { ...turn, effects: advance(flow, run, input).effects };
  }
  get #facts(): Facts {
    const { config } = this.#view.get();
    return {
      ...(this.#person && { visitor: this.#person }),
      ...(config && { inbox: { name: config.inbox.name } }),
    };
  }

  #hear(signal: VisitorSignal) {
    switch (signal.kind) {
      case 'snapshot':
        this.#set({ loading: false });
        this.#reduce(signal);
        break;
      case 'event':
        this.#hearEvent(signal);
        break;
      case 'typing':
        if (signal.typing.by === 'visitor') break;
        this.#reduce(signal);
        this.#cancelTyping();
        this.#cancelTyping = this.#runtime.after(TYPING_MS, () =>
          this.#reduce({ kind: 'typing', typing: null }),
        );
        break;
      case 'answered':
        this.#reduce(signal);
        this.#tellAnswer(signal.turn, signal.result.effects);
        break;
      case 'outbox':
        this.#tellFailures(signal.entries);
        this.#reduce(signal);
        break;
      case 'fault':
        this.#refuse(signal.error);
        break;
      case 'connection':
        this.#takeConnection(signal.connection);
        break;
      case 'not-kept':
        this.#set({ kept: false });
        break;
    }
  }
  #hearEvent(signal: Extract<VisitorSignal, { kind: 'event' }>) {
    const { event } = signal;
    const known = this.#view.get().conversation.messages;
    const wasCancelled = this.#view.get().conversation.run?.endReason === 'cancelled';
    this.#reduce(signal);
    if (event.type === 'message' && event.message.author.kind !== 'visitor') {
      const { id, text, author } = event.message;
      if (!known.some((message) => message.id === id))
        this.#options.emit('livechat-message', { id, text, author });
    }
    if (event.type === 'run' && event.run.endReason === 'cancelled' && !wasCancelled) {
      this.#options.emit('livechat-flow-end', { reason: 'cancelled' });
    }
    if (event.type === 'session' && event.session.status === 'resolved') void this.#refreshConfig();
  }
  #tellAnswer({ id, input }: QueuedTurn, effects: readonly { kind: string; reason?: unknown }[]) {
    // A press that was ignored is no message.
    const said = this.#view.get().screen.messages.find((message) => message.id === id);
    const text = input.kind === 'message' ? input.text : said?.text;
    if (text !== undefined) this.#options.emit('livechat-message-sent', { id, text });
    const end = effects.find(({ kind }) => kind === 'end');
    if (end) this.#options.emit('livechat-flow-end', { reason: String(end.reason) });
  }
  #tellFailures(entries: Conversation['pending']) {
    const failed = new Set(
      this.#view
        .get()
        .conversation.pending.filter(isFailed)
        .map(({ id }) => id),
    );
    for (const entry of entries) {
      if (entry.kind !== 'turn' || !isFailed(entry) || failed.has(entry.id)) continue;
      const text = entry.turn.input.kind === 'message' ? entry.turn.input.text : '';
      this.#options.emit('livechat-message-failed', {
        id: entry.id,
        text,
        code: entry.fault?.code ?? 'internal',
      });
    }
  }

  #takeConnection(connection: Connection) {
    if (connection.status === 'offline' && REFUSALS.includes(connection.code)) {
      this.#setStatus('refused', connection.code);
    } else this.#setStatus(connection.status);
    // Somebody who cannot reach the host shall not stare at a skeleton.
    if (connection.status === 'offline') this.#set({ loading: false });
    if (connection.status === 'online' && !this.#view.get().config) void this.#refreshConfig();
  }
  #refuse(error: unknown) {
    if (isClientError(error) && REFUSALS.includes(error.code)) this.#setStatus('refused', error.code);
  }
  #setStatus(status: LivechatStatus, refusal: string | null = null) {
    if (this.#view.get().status === status) return;
    this.#set({ status, refusal });
    this.#options.emit('livechat-status', { status });
    if (refusal)
      this.#options.emit('livechat-error', { code: refusal, message: `The host refuses: ${refusal}.` });
  }

  async #restore() {
    const client = this.#client;
    const [config, conversation] = await Promise.all([
      client.recall<WidgetConfig>('config'),
      client.recall<Partial<Conversation>>('conversation'),
    ]).catch(() => []);
    if (client !== this.#client) return;
    if (config && !this.#view.get().config) this.#takeConfig(config, false);
    if (conversation && this.#view.get().loading) {
      this.#set({ conversation: { ...this.#view.get().conversation, ...conversation }, loading: false });
    }
  }
  async #refreshConfig() {
    if (this.#view.get().config && this.#runtime.now() - this.#configAt < CONFIG_MS) {
      return this.#keepConfig();
    }
    try {
      this.#takeConfig(await this.#client.config(), true);
    } catch (error) {
      this.#refuse(error);
    }
    this.#keepConfig();
  }
  #keepConfig() {
    const { config } = this.#view.get();
    if (config && this.#connected) void this.#client.remember('config', config).catch(() => {});
  }
  #takeConfig(config: WidgetConfig, fresh: boolean) {
    if (fresh) this.#configAt = this.#runtime.now();
    this.#set({ config });
    this.#options.onConfig(config);
  }

  #compiled(pin: FlowPin | null): CompiledFlow | null {
    // Without the configuration there are no zone tables, and time tests would not match.
    if (!pin || !this.#view.get().config) return null;
    const key = `${pin.id}@${pin.version}`;
    const known = this.#flows.get(key);
    if (known !== undefined || !this.#connected) return known ?? null;
    this.#flows.set(key, null);
    void this.#loadFlow(pin, key);
    return null;
  }
  async #loadFlow(pin: FlowPin, key: string) {
    try {
      const flow = await this.#client.publicFlow(pin);
      const compiled = compileFlow(flow, this.#view.get().config?.zones);
      // With a kind that it does not know, this device cannot tell what comes next: the host alone answers.
      if (compiled.unknownKinds.length === 0) this.#flows.set(key, compiled);
      this.#set({});
    } catch {
      // Without the flow the host alone answers (rule 13); the next change asks again.
      this.#flows.delete(key);
    }
  }

  /** Notes what has been seen: at once on the screen, and for the host after a moment, as messages come in swarms. */
  #markRead() {
    const { conversation } = this.#view.get();
    const upTo = newestSeq(conversation);
    if (!this.#watched || conversation.unread === 0 || upTo === 0) return;
    this.#reduce({ kind: 'read', upTo });
    this.#cancelRead();
    this.#cancelRead = this.#runtime.after(READ_MS, () => void this.#client.markRead(upTo));
  }
  #reduce(action: ConversationAction) {
    const before = this.#view.get().conversation;
    const conversation = reduce(before, action);
    if (conversation === before) return;
    this.#set({ conversation });
    if (conversation.unread !== before.unread) {
      this.#options.emit('livechat-unread', { count: conversation.unread });
      this.#markRead();
    }
    if (action.kind !== 'typing' && action.kind !== 'outbox') this.#keepConversation();
  }
  #keepConversation() {
    const client = this.#client;
    this.#cancelKeep();
    this.#cancelKeep = this.#runtime.after(300, () => {
      const { session, run, runAt, messages, more, handler, readByAgents, readByVisitor } =
        this.#view.get().conversation;
      const kept = { session, run, runAt, handler, readByAgents, readByVisitor };
      const recent = {
        messages: messages.slice(-CACHED_MESSAGES),
        more: more || messages.length > CACHED_MESSAGES,
      };
      void client.remember('conversation', { ...kept, ...recent }).catch(() => {});
    });
  }
  #set(change: Partial<View>) {
    const view = { ...this.#view.get(), ...change };
    const flows = { live: view.config?.flow ?? null, compiled: (pin: FlowPin | null) => this.#compiled(pin) };
    // A flow about to be needed is fetched before the first word.
    if (this.#connected) flows.compiled(view.screen.session?.flow ?? flows.live);
    this.#view.set({ ...view, screen: screenOf(view.conversation, flows) });
  }
}

function isFailed({ state }: { state: string }): boolean {
  return state === 'failed';
}
