import type { VisitorStorage } from '../../packages/client/src/storage/visitor-storage.ts';
import {
  ChatSession,
  type ChatSessionOptions,
} from '../../packages/livechat-widget/src/session/chat-session.ts';
import * as identify from '../../packages/livechat-widget/src/session/identity/identify-visitor.ts';
import type { View } from '../../packages/livechat-widget/src/session/view-model.ts';
import * as engine from '../../packages/livechat-widget/src/session/flow-engine.ts';
import type { Device } from './device.ts';
import type { Caller, Network } from './network.ts';

/** Replaces parts of a tab, for planted bugs. */
export interface TabBug {
  storage?(storage: VisitorStorage, tab: Tab): VisitorStorage;
  fetch?(fetch: typeof globalThis.fetch, tab: Tab): typeof globalThis.fetch;
  locks?(locks: LockManager, tab: Tab): LockManager;
}

/** Options of a tab. */
export interface TabOptions {
  device: Device;
  name: string;
  network: Network;
  inboxId: string;
  /** False on plain-http pages, which have no Web Locks. */
  hasLocks: boolean;
  plantedBug?: TabBug | undefined;
  /** Called after every change of the view. */
  onView(view: View, tab: Tab): void;
}

/** URL of the simulated host. */
export const HOST = 'https://host.example';

/** The page that is in the global scope now. */
let entered: object | null = null;

/** One tab with the shipped widget, from its session down to its outbox. Only the elements are missing. */
export class Tab implements Caller {
  readonly name: string;
  readonly device: Device;
  isDead = false;
  isFrozen = false;
  readonly waiting = [];
  isVisible = true;
  /** Whether its page is being hidden for good: it sends its outbox while it still waits for responses. */
  isLeaving = false;
  readonly session: ChatSession;
  readonly #options: TabOptions;
  readonly #pageEvents = new EventTarget();
  readonly #documentEvents = new EventTarget();
  /** The page's members of the global scope. */
  readonly #page: Record<string, unknown>;

  constructor(options: TabOptions) {
    const { device, name, network, inboxId, hasLocks, plantedBug, onView } = options;
    const { world, localStorage } = device;
    this.#options = options;
    this.device = device;
    this.name = name;
    const isVisible = () => this.isVisible;
    this.#page = {
      document: {
        get visibilityState() {
          return isVisible() ? 'visible' : 'hidden';
        },
        addEventListener: this.#documentEvents.addEventListener.bind(this.#documentEvents),
      },
      localStorage: {
        getItem: (key: string) => localStorage.get(key) ?? null,
        setItem: (key: string, value: string) => void localStorage.set(key, value),
        removeItem: (key: string) => void localStorage.delete(key),
      },
      BroadcastChannel: device.channelFor(this),
      addEventListener: this.#pageEvents.addEventListener.bind(this.#pageEvents),
    };
    const locks = device.locks.managerFor(this);
    const fetch = network.fetchFor(this);
    const browser: NonNullable<ChatSessionOptions['browser']> = {
      runtime: {
        fetch: plantedBug?.fetch?.(fetch, this) ?? fetch,
        now: () => device.now(),
        random: world.random,
        newId: () => world.newId(),
        after: (ms, action) => world.after(ms, action, this),
      },
      storage: async () => {
        const storage = device.storageFor(this);
        return plantedBug?.storage?.(storage, this) ?? storage;
      },
      locks: hasLocks ? (plantedBug?.locks?.(locks, this) ?? locks) : undefined,
    };
    this.enter();
    this.session = new ChatSession({
      loadEngine: async () => engine,
      loadIdentify: async () => identify,
      host: HOST,
      inboxId,
      emit: () => true as never,
      config: Promise.resolve(null),
      onConfig() {},
      browser,
    });
    this.session.view.subscribe((view) => onView(view, this));
  }

  isOffline(): boolean {
    return this.device.isOffline;
  }

  /** Puts this tab's page into the global scope. */
  enter(): void {
    if (entered === this.#page) return;
    entered = this.#page;
    Object.assign(globalThis, entered);
  }

  get view(): View {
    return this.session.view.get();
  }

  /** Runs an action of the tab's visitor. Does nothing in a tab that has crashed or is frozen. */
  act(what: string, action: (session: ChatSession) => unknown): void {
    if (this.isDead || this.isFrozen) return;
    this.device.world.note(this.name, what);
    this.enter();
    const result = action(this.session);
    if (result instanceof Promise) result.catch(() => {});
  }

  /** Fires an event on the page. */
  tell(type: 'online' | 'pageshow' | 'pagehide' | 'visibilitychange'): void {
    this.isLeaving ||= type === 'pagehide';
    this.device.world.after(
      0,
      () =>
        (type === 'visibilitychange' ? this.#documentEvents : this.#pageEvents).dispatchEvent(
          new Event(type),
        ),
      this,
    );
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.tell('visibilitychange');
    this.act(isVisible ? 'looks' : 'looks away', (session) => {
      session.setWatched(isVisible);
      if (isVisible) session.connect();
    });
  }

  /** Ends without an event: a crash, or a page that closed after its last event. */
  die(): void {
    if (this.isDead) return;
    this.device.world.note(this.name, 'dies');
    this.isDead = true;
    this.device.forget(this);
    this.#options.network.cutCaller(this);
  }
}
