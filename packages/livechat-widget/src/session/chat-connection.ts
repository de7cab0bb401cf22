import type { Runtime } from '@alur/client';
import { hasVisitorRecord } from '@alur/client/internal';
import type { CurrentVisitor, VisitorChange } from './identity/current-visitor.ts';
import type { ViewModel } from './view-model.ts';

/** Dependencies of a connection. */
export interface ChatConnectionOptions {
  runtime: Pick<Runtime, 'after'>;
  visitor: CurrentVisitor;
  view: ViewModel;
  /** Whether the visitor is remembered by this tab only. */
  isTabOnly: boolean;
  /** Called before the client connects for the first time. */
  onStart(): void;
}

/** Connects the current visitor's client: on request, and as soon as consent allows. */
export class ChatConnection {
  readonly #options: ChatConnectionOptions;
  /** Whether a chat was requested. It starts as soon as consent allows. */
  #isRequested = false;
  #isStarted = false;
  #disconnectsWhenIdle = false;
  #cancelStart = () => {};

  constructor(options: ChatConnectionOptions) {
    this.#options = options;
  }

  /** Whether the client was started. From then on, data is stored and flows may be fetched. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** Whether the connection ends once everything is sent. */
  get disconnectsWhenIdle(): boolean {
    return this.#disconnectsWhenIdle;
  }

  /**
   * Creates the visitor if necessary and stays connected, as soon as consent allows. With `retriesStorage`, a
   * tab whose storage failed tries to open it again, if nothing would be lost.
   */
  connect(retriesStorage = false): void {
    const { runtime, visitor, view } = this.#options;
    this.#isRequested = true;
    if (!visitor.consent.allows) return;
    this.#disconnectsWhenIdle = false;
    if (this.#isStarted) {
      if (retriesStorage && this.#isStorageLost()) return void visitor.renew(() => this.#isStorageLost());
      return visitor.client.connect();
    }
    view.set({ loading: hasVisitorRecord(visitor.place) });
    this.#cancelStart();
    // Render existing content first. Storage and connection start in the next task.
    this.#cancelStart = runtime.after(0, () => this.start());
  }

  /** Connects again, if a chat was requested before. */
  reconnect(): void {
    if (this.#isRequested) this.connect();
  }

  /** Starts the client in this task, if consent allows. */
  start(): void {
    const { visitor, onStart } = this.#options;
    this.#cancelStart();
    if (this.#isStarted || !visitor.consent.allows) return;
    const { client } = visitor;
    this.#isStarted = true;
    onStart();
    client.connect();
    if (this.#disconnectsWhenIdle) client.disconnectWhenIdle();
  }

  /** Disconnects once everything is sent. */
  disconnectWhenIdle(): void {
    this.#disconnectsWhenIdle = true;
    if (this.#isStarted) this.#options.visitor.client.disconnectWhenIdle();
  }

  /** Waits for the next start, because the visitor changes. After `none`, it waits for a request too. */
  reset(change: VisitorChange): void {
    this.stop();
    this.#isStarted = false;
    if (change === 'none') this.#isRequested = false;
  }

  /** Cancels a pending start. */
  stop(): void {
    this.#cancelStart();
  }

  /** Returns true if the tab's storage failed and the conversation is empty. */
  #isStorageLost() {
    const { isTabOnly, view } = this.#options;
    const { kept, conversation } = view.current;
    return isTabOnly && !kept && !conversation.messages.length && !conversation.pending.length;
  }
}
