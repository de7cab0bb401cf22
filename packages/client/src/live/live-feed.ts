import type {
  ConversationEvent,
  EventPage,
  StreamBye,
  StreamHello,
  TypingSignal,
  VisitorConversation,
} from '@alur/protocol';
import { isClientError, type ClientErrorCode } from '../client-error.ts';
import { BLOCKED_MS, remedyFor, retryDelay, type RetryOptions } from '../retry-policy.ts';
import { pause, type Runtime } from '../runtime.ts';
import type { Frame } from './frame-parser.ts';

/** State of the connection to the host. */
export type Connection =
  | { status: 'idle' }
  | { status: 'connecting' }
  | { status: 'online' }
  /** No connection. The next attempt starts at `retryAt` on the device's clock. */
  | { status: 'offline'; code: ClientErrorCode; retryAt: number };

/** Signals of the feed. */
export type FeedSignal =
  /**
   * `isReset`: everything before this snapshot is invalid, for example after an erasure. `relayed`: another
   * tab requested it, possibly before this tab read a newer state from the device.
   */
  | { kind: 'snapshot'; conversation: VisitorConversation; isReset?: boolean; relayed?: boolean }
  | { kind: 'event'; event: ConversationEvent }
  | { kind: 'typing'; typing: TypingSignal }
  /** Time of the host's clock. */
  | { kind: 'clock'; serverTime: string }
  /** `lastSeq`: log number of the last event that the sender has emitted. */
  | { kind: 'connection'; connection: Connection; lastSeq?: number };

/** Requests of a feed to the host. */
export interface FeedSource {
  snapshot(signal: AbortSignal): Promise<VisitorConversation>;
  /** Calls `onFrame` for each frame of the stream after `cursor`. Resolves when the stream ends. */
  stream(cursor: string, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void>;
  poll(cursor: string, signal: AbortSignal): Promise<EventPage>;
}

/** Dependencies of the feed. */
export interface FeedOptions {
  runtime: Runtime;
  source: FeedSource;
  onSignal(signal: FeedSignal): void;
}

/**
 * `lead`: opens the stream at the cursor, or takes a snapshot first. `follow`: always takes a snapshot,
 * because the events relayed before are unknown, and then receives what another tab relays.
 */
export type FeedMode = 'off' | 'follow' | 'lead';

/** Time for which long polling replaces a stream that is silent or fails. */
const POLL_INSTEAD_MS = 5 * 60_000;
/** Number of consecutive failures after which a snapshot tests whether the host responds at all. */
const PROBE_AFTER = 3;
/** Time after a `bye` during which the host is expected back, and the maximum wait in that time. */
const RETURN_MS = 60_000;
const RETURN_CAP_MS = 4_000;

/** A conversation's live feed. */
export class LiveFeed {
  readonly #options: FeedOptions;
  #mode: FeedMode = 'off';
  #cursor: string | null = null;
  /**
   * Log number of the last emitted event. Events up to it are duplicates from a slow response or a suspended
   * tab.
   */
  #lastSeq = 0;
  #isReset = false;
  /** Events that another tab relayed before this tab had a snapshot. */
  #earlyEvents: ConversationEvent[] = [];
  #pollUntil = 0;
  /**
   * Whether the host has sent another response since the last `hello` of a stream. If so, a failing stream
   * means that streams do not work.
   */
  #hostResponds = false;
  #expectedBackUntil = 0;
  #failures = 0;
  #run: AbortController | null = null;
  #isWaiting = false;

  /** Creates a feed with mode `off`. */
  constructor(options: FeedOptions) {
    this.#options = options;
  }

  setMode(mode: FeedMode): void {
    if (mode !== 'follow') this.#earlyEvents = [];
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (mode === 'follow') this.#cursor = null;
    this.#restart();
  }

  /**
   * Ends a wait and tries immediately. With `forceReconnect`, also replaces a connection that seems to work.
   */
  retryNow(forceReconnect?: unknown): void {
    // A follower has no connection of its own. The leader reports the state.
    if (this.#isWaiting || (forceReconnect && this.#mode === 'lead')) this.#restart();
  }

  /** Deletes the cursor, so that a new snapshot follows. */
  reset(): void {
    // The first snapshot is pending and nothing was emitted. Other tabs may have newer events, which a reset
    // would discard.
    if (this.#cursor === null && this.#lastSeq === 0) return;
    this.#forgetAll();
    if (this.#mode !== 'off') this.#restart();
  }

  /** Applies a signal of the leading tab. */
  relay(signal: FeedSignal): void {
    if (signal.kind === 'event') {
      if (this.#mode === 'follow' && this.#cursor !== null) this.#applyEvent(signal.event);
      else this.#earlyEvents.push(signal.event);
    } else if (signal.kind === 'snapshot') {
      this.#earlyEvents = [];
      if (signal.isReset) this.#forgetAll();
      this.#applySnapshot(signal.conversation, true);
    } else {
      this.#options.onSignal(signal);
      // The leader has emitted events that this tab has not received.
      if (signal.kind !== 'connection' || !this.#cursor || !(signal.lastSeq! > this.#lastSeq)) return;
      this.#cursor = null;
      this.#restart();
    }
  }

  #report(connection: Connection) {
    this.#options.onSignal({ kind: 'connection', connection, lastSeq: this.#lastSeq });
  }

  #reportOnline() {
    this.#failures = 0;
    this.#hostResponds = true;
    this.#report({ status: 'online' });
  }

  #applyEvent(event: ConversationEvent) {
    if (event.seq <= this.#lastSeq) return;
    this.#lastSeq = event.seq;
    this.#cursor = event.cursor;
    this.#options.onSignal({ kind: 'event', event });
  }

  #applySnapshot(conversation: VisitorConversation, relayed = false): string {
    if (!(conversation.logSeq < this.#lastSeq)) {
      this.#lastSeq = conversation.logSeq;
      this.#cursor = conversation.cursor;
      const isReset = this.#isReset;
      this.#options.onSignal({
        kind: 'snapshot',
        conversation,
        isReset,
        relayed: relayed && !isReset,
      });
      this.#isReset = false;
    }
    this.#earlyEvents.splice(0).forEach((event) => this.#applyEvent(event));
    return (this.#cursor ??= conversation.cursor);
  }

  #forgetAll() {
    this.#cursor = null;
    this.#lastSeq = 0;
    this.#earlyEvents = [];
    this.#isReset = true;
  }

  /** Follows the stream until it ends. Returns the wait before the next one, in milliseconds. */
  async #followStream(from: string, signal: AbortSignal): Promise<number> {
    const { runtime, source } = this.#options;
    let returnDelayMs = 0;
    await source.stream(
      from,
      (frame) => {
        if (signal.aborted) return;
        const data: unknown = JSON.parse(frame.data || 'null');
        if (frame.event === 'bye') {
          returnDelayMs = (data as StreamBye).retryMs;
          this.#expectedBackUntil = runtime.now() + RETURN_MS;
        } else this.#applyFrame(frame.event, data);
      },
      signal,
    );
    // The stream ended before its `hello`.
    if (this.#hostResponds) this.#pollUntil = runtime.now() + POLL_INSTEAD_MS;
    // A `bye` reaches all clients at the same time, so spread their return. A stream that just ends is
    // reopened soon.
    return returnDelayMs > 0 ? returnDelayMs * (1 + runtime.random()) : 1 + 1_000 * runtime.random();
  }

  #applyFrame(name: string, data: unknown) {
    const { onSignal } = this.#options;
    if (name === 'hello') {
      this.#reportOnline();
      this.#hostResponds = false;
      onSignal({ kind: 'clock', serverTime: (data as StreamHello).serverTime });
    } else if (name === 'event') this.#applyEvent(data as ConversationEvent);
    else if (name === 'typing') onSignal({ kind: 'typing', typing: data as TypingSignal });
    else if (name === 'reset') this.#forgetAll();
  }

  async #pollOnce(from: string, signal: AbortSignal) {
    const page = await this.#options.source.poll(from, signal);
    this.#reportOnline();
    page.events.forEach((event) => this.#applyEvent(event));
    this.#cursor = page.cursor;
  }

  /** Takes the next step. Returns the wait after it, in milliseconds; infinite for a follower. */
  async #step(signal: AbortSignal): Promise<number> {
    const { runtime, source } = this.#options;
    let from = this.#cursor;
    if (from === null) {
      const conversation = await source.snapshot(signal);
      if (signal.aborted) return 0;
      this.#hostResponds = true;
      // The leader's snapshot may have arrived first. Without log numbers that show otherwise, ours is older.
      const isNewest = this.#cursor === null || conversation.logSeq >= this.#lastSeq;
      from = isNewest ? this.#applySnapshot(conversation) : this.#cursor!;
    }
    if (this.#mode === 'follow') {
      this.#reportOnline();
      return Infinity;
    }
    if (this.#pollUntil > runtime.now()) {
      await this.#pollOnce(from, signal);
      return 0;
    }
    return this.#followStream(from, signal);
  }

  async #keepRunning(signal: AbortSignal) {
    this.#report({ status: 'connecting' });
    while (!signal.aborted) {
      let waitMs = 0;
      try {
        waitMs = await this.#step(signal);
      } catch (error) {
        if (signal.aborted) return;
        waitMs = this.#waitAfter(error);
      }
      if (signal.aborted || waitMs === Infinity) return;
      if (waitMs > 0) {
        this.#isWaiting = true;
        await pause(this.#options.runtime, waitMs, signal);
        this.#isWaiting = false;
      }
    }
  }

  /** Returns the wait after an error, in milliseconds. */
  #waitAfter(error: unknown): number {
    const { runtime } = this.#options;
    const code = isClientError(error) ? error.code : 'network';
    if (code === 'cursor_expired') {
      this.#forgetAll();
      return 1;
    }
    if (code === 'stream_silent' || (this.#hostResponds && code !== 'overloaded')) {
      this.#hostResponds = false;
      this.#pollUntil = runtime.now() + POLL_INSTEAD_MS;
      return 1;
    }
    this.#pollUntil = 0;
    this.#failures += 1;
    // A snapshot tests whether the host or only the stream fails.
    if (this.#failures === PROBE_AFTER && this.#expectedBackUntil < runtime.now()) this.#cursor = null;
    // An overloaded host sends the same `Retry-After` to all clients. The jitter is added, so that they do
    // not return at the same time.
    const heldMs = (isClientError(error) && error.retryAfterMs) || 0;
    const waitMs = heldMs + retryDelay(this.#failures, runtime.random, this.#boundsFor(error));
    this.#report({ status: 'offline', code, retryAt: runtime.now() + waitMs });
    return Math.max(1, waitMs);
  }

  #boundsFor(error: unknown): RetryOptions {
    // Wait long when the API refuses all calls.
    if (remedyFor(error) === 'blocked') return { baseMs: BLOCKED_MS, capMs: BLOCKED_MS };
    return this.#expectedBackUntil > this.#options.runtime.now() ? { capMs: RETURN_CAP_MS } : {};
  }

  #restart() {
    this.#run?.abort();
    this.#run = null;
    if (this.#mode === 'off') return this.#report({ status: 'idle' });
    this.#run = new AbortController();
    void this.#keepRunning(this.#run.signal);
  }
}
