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

/** A conversation's live feed. */
export interface LiveFeed {
  setMode(mode: FeedMode): void;
  /**
   * Ends a wait and tries immediately. With `forceReconnect`, also replaces a connection that seems to work.
   */
  retryNow(forceReconnect?: unknown): void;
  /** Deletes the cursor, so that a new snapshot follows. */
  reset(): void;
  /** Applies a signal of the leading tab. */
  relay(signal: FeedSignal): void;
}

/** Time for which long polling replaces a stream that is silent or fails. */
const POLL_INSTEAD_MS = 5 * 60_000;
/** Number of consecutive failures after which a snapshot tests whether the host responds at all. */
const PROBE_AFTER = 3;
/** Time after a `bye` during which the host is expected back, and the maximum wait in that time. */
const RETURN_MS = 60_000;
const RETURN_CAP_MS = 4_000;

/** Creates a feed with mode `off`. */
export function createLiveFeed(options: FeedOptions): LiveFeed {
  const { runtime, source, onSignal } = options;
  let mode: FeedMode = 'off';
  let cursor: string | null = null;
  /**
   * Log number of the last emitted event. Events up to it are duplicates from a slow response or a suspended
   * tab.
   */
  let lastSeq = 0;
  let isReset = false;
  /** Events that another tab relayed before this tab had a snapshot. */
  let earlyEvents: ConversationEvent[] = [];
  let pollUntil = 0;
  /**
   * Whether the host has sent another response since the last `hello` of a stream. If so, a failing stream
   * means that streams do not work.
   */
  let hostResponds = false;
  let expectedBackUntil = 0;
  let failures = 0;
  let session: AbortController | null = null;
  let isWaiting = false;

  function report(connection: Connection) {
    onSignal({ kind: 'connection', connection, lastSeq });
  }
  function online() {
    failures = 0;
    hostResponds = true;
    report({ status: 'online' });
  }
  function applyEvent(event: ConversationEvent) {
    if (event.seq <= lastSeq) return;
    lastSeq = event.seq;
    cursor = event.cursor;
    onSignal({ kind: 'event', event });
  }
  function applySnapshot(conversation: VisitorConversation, relayed = false): string {
    if (!(conversation.logSeq < lastSeq)) {
      lastSeq = conversation.logSeq;
      cursor = conversation.cursor;
      onSignal({ kind: 'snapshot', conversation, isReset, relayed: relayed && !isReset });
      isReset = false;
    }
    earlyEvents.splice(0).forEach(applyEvent);
    return (cursor ??= conversation.cursor);
  }
  function forgetAll() {
    cursor = null;
    lastSeq = 0;
    earlyEvents = [];
    isReset = true;
  }

  async function followStream(from: string, signal: AbortSignal): Promise<number> {
    let returnDelayMs = 0;
    await source.stream(
      from,
      (frame) => {
        if (signal.aborted) return;
        const data: unknown = JSON.parse(frame.data || 'null');
        if (frame.event === 'hello') {
          online();
          hostResponds = false;
          onSignal({ kind: 'clock', serverTime: (data as StreamHello).serverTime });
        }
        if (frame.event === 'event') applyEvent(data as ConversationEvent);
        else if (frame.event === 'typing') onSignal({ kind: 'typing', typing: data as TypingSignal });
        else if (frame.event === 'reset') forgetAll();
        else if (frame.event === 'bye') {
          returnDelayMs = (data as StreamBye).retryMs;
          expectedBackUntil = runtime.now() + RETURN_MS;
        }
      },
      signal,
    );
    // The stream ended before its `hello`.
    if (hostResponds) pollUntil = runtime.now() + POLL_INSTEAD_MS;
    // A `bye` reaches all clients at the same time, so spread their return. A stream that just ends is
    // reopened soon.
    return returnDelayMs > 0 ? returnDelayMs * (1 + runtime.random()) : 1 + 1_000 * runtime.random();
  }
  async function pollOnce(from: string, signal: AbortSignal) {
    const page = await source.poll(from, signal);
    online();
    page.events.forEach(applyEvent);
    cursor = page.cursor;
  }

  async function step(signal: AbortSignal): Promise<number> {
    let from = cursor;
    if (from === null) {
      const conversation = await source.snapshot(signal);
      if (signal.aborted) return 0;
      hostResponds = true;
      // The leader's snapshot may have arrived first. Without log numbers that show otherwise, ours is older.
      from = cursor === null || conversation.logSeq >= lastSeq ? applySnapshot(conversation) : cursor;
    }
    if (mode === 'follow') {
      online();
      return Infinity;
    }
    if (pollUntil > runtime.now()) {
      await pollOnce(from, signal);
      return 0;
    }
    return followStream(from, signal);
  }

  async function run(signal: AbortSignal) {
    report({ status: 'connecting' });
    while (!signal.aborted) {
      let waitMs = 0;
      try {
        waitMs = await step(signal);
      } catch (error) {
        if (signal.aborted) return;
        waitMs = afterFault(error);
      }
      if (signal.aborted || waitMs === Infinity) return;
      if (waitMs > 0) {
        isWaiting = true;
        await pause(runtime, waitMs, signal);
        isWaiting = false;
      }
    }
  }
  function afterFault(error: unknown): number {
    const code = isClientError(error) ? error.code : 'network';
    if (code === 'cursor_expired') {
      forgetAll();
      return 1;
    }
    if (code === 'stream_silent' || (hostResponds && code !== 'overloaded')) {
      hostResponds = false;
      pollUntil = runtime.now() + POLL_INSTEAD_MS;
      return 1;
    }
    pollUntil = 0;
    failures += 1;
    // A snapshot tests whether the host or only the stream fails.
    if (failures === PROBE_AFTER && expectedBackUntil < runtime.now()) cursor = null;
    // An overloaded host sends the same `Retry-After` to all clients. The jitter is added, so that they do
    // not return at the same time.
    const heldMs = (isClientError(error) && error.retryAfterMs) || 0;
    const waitMs = heldMs + retryDelay(failures, runtime.random, boundsFor(error));
    report({ status: 'offline', code, retryAt: runtime.now() + waitMs });
    return Math.max(1, waitMs);
  }
  function boundsFor(error: unknown): RetryOptions {
    // Wait long when the API refuses all calls.
    if (remedyFor(error) === 'blocked') return { baseMs: BLOCKED_MS, capMs: BLOCKED_MS };
    return expectedBackUntil > runtime.now() ? { capMs: RETURN_CAP_MS } : {};
  }
  function restart() {
    session?.abort();
    session = null;
    if (mode === 'off') return report({ status: 'idle' });
    session = new AbortController();
    void run(session.signal);
  }

  return {
    setMode(wanted) {
      if (wanted !== 'follow') earlyEvents = [];
      if (wanted === mode) return;
      mode = wanted;
      if (mode === 'follow') cursor = null;
      restart();
    },
    retryNow(forceReconnect) {
      // A follower has no connection of its own. The leader reports the state.
      if (isWaiting || (forceReconnect && mode === 'lead')) restart();
    },
    reset() {
      // The first snapshot is pending and nothing was emitted. Other tabs may have newer events, which a
      // reset would discard.
      if (cursor === null && lastSeq === 0) return;
      forgetAll();
      if (mode !== 'off') restart();
    },
    relay(signal) {
      if (signal.kind === 'event') {
        if (mode === 'follow' && cursor !== null) applyEvent(signal.event);
        else earlyEvents.push(signal.event);
      } else if (signal.kind === 'snapshot') {
        earlyEvents = [];
        if (signal.isReset) forgetAll();
        applySnapshot(signal.conversation, true);
      } else {
        onSignal(signal);
        // The leader has emitted events that this tab has not received.
        if (signal.kind !== 'connection' || !cursor || !(signal.lastSeq! > lastSeq)) return;
        cursor = null;
        restart();
      }
    },
  };
}
