import type { FlowPin, PublicFlow, VisitorConversation, WidgetConfig } from '@alur/protocol';
import type { QueuedTurn, VisitorNote } from '../outbox/outbox-rows.ts';
import type { Call } from '../request.ts';
import { browserRuntime, type Runtime } from '../runtime.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { storageFor, type Persistence } from '../storage/persistence.ts';
import { CACHE_PREFIX, type VisitorStorage } from '../storage/visitor-storage.ts';
import { TabTeam } from '../tabs/tab-team.ts';
import { withLock } from '../tabs/with-lock.ts';
import { DeviceStorage } from './device-storage.ts';
import type { InboxAddress } from './inbox-address.ts';
import { Sync, type SyncMessage } from './sync.ts';
import { Transport } from './transport.ts';
import { markConsent, markVisitor, othersAt, storageName, type VisitorPlace } from './visitor-marker.ts';
import type { Forgetting, VisitorSignal } from './visitor-signal.ts';

/** Options of a visitor client. */
export interface VisitorClientOptions extends InboxAddress {
  /** Returns a JWT that the site's backend signed for this visitor. Without it the visitor is anonymous. */
  identity?: (() => Promise<string>) | undefined;
  /** Selects the storage of a person, for use with `identity`. Each person's data is separate. */
  who?: string | undefined;
  /** How long the visitor is remembered. Default: `browser`. */
  persist?: Persistence | undefined;
  /** Default: the runtime of the browser. */
  runtime?: Partial<Runtime>;
  /**
   * Opens the storage `name`. Calls `onFallback` when the storage is not durable. When it rejects, the client
   * uses memory. Default: the storage for `persist`, or memory where it is not available. For `tab`, pass
   * `openTabStorage` of `@alur/client/extras`.
   */
  storage?: (name: string, onFallback: () => void) => Promise<VisitorStorage>;
  /** Default: Web Locks where the page has them. */
  locks?: LockManager | undefined;
}

/** Message between the visitor's tabs. */
type TabMessage =
  | SyncMessage
  | { kind: 'shared'; key: string; value: unknown }
  | { kind: 'forgotten'; why: Forgetting };

/** Loads the requests that erase a visitor. */
const loadErasure = () => import('./erasure.ts');

/** Creates a client for one visitor of one inbox. */
export function createVisitorClient(options: VisitorClientOptions): VisitorClient {
  return new VisitorClient(options);
}

/**
 * One visitor of one inbox. Before `connect` or `submit`, nothing is stored, and only `config` sends
 * requests.
 */
export class VisitorClient {
  readonly #options: VisitorClientOptions;
  readonly #place: VisitorPlace;
  readonly #runtime: Runtime;
  readonly #storage: DeviceStorage;
  readonly #transport: Transport;
  readonly #team: TabTeam<TabMessage, Pick<Sync, 'connection'>>;
  readonly #sync: Sync;
  readonly #listeners = new Set<(signal: VisitorSignal) => void>();

  constructor(given: VisitorClientOptions) {
    // Ignore properties that a page adds to `Object.prototype`.
    const options: VisitorClientOptions = Object.assign(Object.create(null), given);
    const { host, inboxId, who, persist = 'browser' } = options;
    const address = { host, inboxId };
    const runtime: Runtime = { ...browserRuntime(), ...options.runtime };
    const name = storageName(address, who);
    // Only storage in `browser` mode is shared with other tabs.
    const isShared = persist === 'browser';
    const locks = !isShared ? undefined : 'locks' in options ? options.locks : globalThis.navigator?.locks;
    this.#options = options;
    this.#place = { ...address, who, persist };
    this.#runtime = runtime;
    this.#storage = new DeviceStorage(this.#place, () => this.#openStorage(name, persist));
    const storage = () => this.#storage.open();
    this.#transport = new Transport({
      runtime,
      address,
      identity: options.identity,
      storage,
      exclusively: (action) => withLock(locks, `${name}|token`, runtime, action),
      onVisitor: (visitorId, isNew) => {
        this.#emit({ kind: 'visitor', visitorId });
        if (isNew) this.#sync.resetFeed();
        // From here on the host has something to erase. Loaded now, because that must not need a network
        // that the visitor has lost.
        void loadErasure().catch(() => {});
      },
    });
    this.#team = new TabTeam({
      name,
      runtime,
      locks,
      isShared,
      storage,
      onMessage: (message) => this.#receive(message),
      onAsked: () => {
        this.#sync.sendStored();
        return { connection: this.#sync.connection };
      },
      onLeaderAnswered: ({ connection }) => this.#sync.followLeader(connection),
      onLead: (leading) => this.#sync.setLeading(leading),
    });
    this.#sync = new Sync({
      runtime,
      transport: this.#transport,
      storage: this.#storage,
      team: this.#team,
      emit: (signal) => this.#emit(signal),
      onForgotten: () => this.#receive({ kind: 'forgotten', why: 'reset' }),
    });
  }

  /** Whether this tab sends and holds the stream for all of the visitor's tabs. */
  get leading(): boolean {
    return this.#team.leading;
  }

  /** Returns the public configuration. */
  async config(signal?: AbortSignal): Promise<WidgetConfig> {
    const config = await this.#transport.api.config(signal);
    this.#transport.noteClock(config.serverTime);
    return config;
  }

  /** Returns one version of a flow. Stored on the device, because a version never changes. */
  async publicFlow(pin: FlowPin, signal?: AbortSignal): Promise<PublicFlow> {
    const key = `flow:${pin.id}@${pin.version}`;
    const kept = await this.recall<PublicFlow>(key);
    if (kept) return kept;
    const flow = await this.#transport.api.publicFlow(pin, signal);
    // The flow can run before it is stored. Without storage it is requested again.
    this.remember(key, flow).catch(() => {});
    return flow;
  }

  /**
   * Requests the conversation once, without connecting, for an unread badge. Returns null where no visitor is
   * remembered.
   */
  async peek(signal?: AbortSignal): Promise<VisitorConversation | null> {
    if (!this.#storage.isMarked || !(await this.#transport.knowsVisitor())) return null;
    return this.#transport.conversation({ limit: 1, signal });
  }

  /** Returns messages older than log number `before`. */
  older(before: number, signal?: AbortSignal): Promise<VisitorConversation> {
    return this.#transport.conversation({ before, signal });
  }

  /** Creates the visitor if necessary, takes a snapshot and stays connected, as the leader or a follower. */
  connect(): void {
    if (!this.#transport.isClosed) this.#sync.connect();
  }

  /** Disconnects once everything is sent. A page that is closed disconnects immediately without this call. */
  disconnectWhenIdle(): void {
    this.#sync.disconnectWhenIdle();
  }

  /** Starts the next attempt of everything that waits. */
  retryNow(): void {
    this.#sync.retryNow();
  }

  /** Queues a turn. Resolves when it is stored. */
  submit(turn: QueuedTurn): Promise<void> {
    return this.#sync.append(turn.id, { kind: 'turn', turn });
  }

  /**
   * Queues a read mark, a rating or the end of a session, behind earlier turns. Resolves when it is stored.
   */
  queue(work: VisitorNote): Promise<void> {
    return this.#sync.append(this.#runtime.newId(), work);
  }

  /** Sends a failed entry again. */
  retry(id: string): Promise<void> {
    return this.#sync.retry(id);
  }

  /** Deletes a failed entry from the outbox. Returns its turn, for example to edit it. */
  discard(id: string): Promise<QueuedTurn | undefined> {
    return this.#sync.discard(id);
  }

  /**
   * Sends a request with a token to `path` of the visitor API. Returns the result of `read`.
   * `@alur/client/extras` uses it.
   */
  request<T>(
    path: string,
    call: Omit<Call, 'url' | 'token'>,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    return this.#transport.request(path, call, read);
  }

  /** Shows agents that the visitor is writing. Errors are ignored. */
  typing(): Promise<void> {
    const { api } = this.#transport;
    return this.#transport.authorized((token) => api.typing(token)).catch(() => {});
  }

  /** Returns the host's time as far as it is known, in milliseconds. */
  hostNow(): number {
    return this.#transport.hostNow();
  }

  /**
   * Returns a value stored with `remember`, such as the last screen. It is deleted first when space runs out.
   */
  async recall<T>(key: string): Promise<T | undefined> {
    return (await this.#storage.open()).read<T>(CACHE_PREFIX + key);
  }

  async remember(key: string, value: unknown): Promise<void> {
    await (await this.#storage.open()).write(CACHE_PREFIX + key, value);
  }

  /** Sends a value to this visitor's other tabs, such as a draft. It is not stored. */
  share(key: string, value: unknown): void {
    this.#team.post({ kind: 'shared', key, value });
  }

  /** Calls `listener` for every signal. Returns an unsubscribe function. */
  subscribe(listener: (signal: VisitorSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops sending permanently. Used after consent is withdrawn, before the visitor is forgotten. */
  stopSending(): void {
    this.#sync.stopSending();
  }

  /**
   * Asks the host to erase the visitor with all of their data. Nothing changes on the device. Throws
   * `ClientError`. With a `status`, the host refused and nothing is erased. Otherwise (`network`, `timeout`)
   * the result is unknown: repeat the call, which is safe. Meanwhile this client creates no new visitor.
   */
  async erase(): Promise<void> {
    const { eraseAtHost } = await loadErasure();
    return eraseAtHost(this.#transport, this.#storage);
  }

  /**
   * Forgets this visitor on this device and in all tabs, outbox and consent included, and closes the client.
   * Stores nothing where there was no visitor. With `withdrawn`, it asks the host to erase the visitor too,
   * waits a moment for the response, and repeats the request while the page is open. With `everybody`, it
   * also forgets all other visitors of this inbox on this device. Default of `everybody`: true for `reset`.
   */
  async forget(why: Forgetting = 'reset', everybody: boolean = why === 'reset'): Promise<void> {
    const others = everybody ? othersAt(this.#place) : [];
    const isWithdrawn = why === 'withdrawn';
    const { hasData } = this.#storage;
    const clearing = hasData && this.#storage.open();
    markConsent(this.#place, false);
    this.#team.post({ kind: 'forgotten', why });
    this.#stop();
    const forgetting = Promise.all(
      others.map((who) => new VisitorClient({ ...this.#options, who }).forget(why, false)),
    );
    try {
      if (clearing) await this.#storage.clear(isWithdrawn);
    } finally {
      markVisitor(this.#place, false);
      this.#team.leave();
      await forgetting;
    }
    if (!hasData || !isWithdrawn) return;
    const { eraseSoon } = await loadErasure();
    await eraseSoon(this.#runtime, this.#transport, this.#storage);
  }

  /** Stops calling listeners, and closes once everything is sent. */
  async drainAndClose(): Promise<void> {
    this.#listeners.clear();
    if (!this.#transport.isClosed) await this.#sync.drain();
    this.close();
  }

  close(): void {
    this.#stop();
    this.#team.leave();
    // Writes that were requested in the same task are still stored.
    this.#storage.ifOpen((store) => this.#runtime.after(0, store.close));
  }

  #openStorage(name: string, persist: Persistence): Promise<VisitorStorage> {
    const { storage } = this.#options;
    const onFallback = () => {
      this.#emit({ kind: 'not-kept' });
      return this.#sync.entries;
    };
    const opening = storage
      ? storage(name, onFallback)
      : storageFor(persist, name, this.#runtime, onFallback);
    return opening.catch(() => {
      // When no storage opens, use memory, so that the visitor can always chat.
      onFallback();
      return createMemoryStorage();
    });
  }

  #receive(message: TabMessage) {
    if (message.kind === 'shared') this.#emit(message);
    else if (message.kind === 'forgotten') {
      this.#emit(message);
      this.close();
    } else this.#sync.receive(message);
  }

  #emit(signal: VisitorSignal) {
    for (const listener of this.#listeners) listener(signal);
  }

  #stop() {
    this.#transport.isClosed = true;
    this.#listeners.clear();
    this.#sync.stop();
    this.#team.close();
  }
}
