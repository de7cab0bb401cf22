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

/** How the line to the host stands. */
export type Connection =
  | { status: 'idle' }
  | { status: 'connecting' }
  | { status: 'online' }
  /** No line; the next attempt comes at `retryAt` on the device's clock. */
  | { status: 'offline'; code: ClientErrorCode; retryAt: number };

/** What the feed tells. */
export type FeedSignal =
  /**
   * `anew`: whatever was told before is void, as after an erasure. `relayed`: another tab asked for it,
   * possibly before this tab read a newer state from the device.
   */
  | { kind: 'snapshot'; conversation: VisitorConversation; anew?: boolean; relayed?: boolean }
  | { kind: 'event'; event: ConversationEvent }
  | { kind: 'typing'; typing: TypingSignal }
  /** What the host's clock says. */
  | { kind: 'clock'; serverTime: string }
  /** `told`: the log number up to which whoever says so has told everything. */
  | { kind: 'connection'; connection: Connection; told?: number };

/** What the feed needs from the door it listens at. */
export interface FeedOptions {
  runtime: Runtime;
  snapshot(signal: AbortSignal): Promise<VisitorConversation>;
  stream(cursor: string, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void>;
  poll(cursor: string, signal: AbortSignal): Promise<EventPage>;
  onSignal(signal: FeedSignal): void;
}

/**
 * `lead`: the stream, from the cursor or else from a snapshot. `follow`: a snapshot in any case, as nobody
 * says what was passed on before; then what another tab relays.
 */
export type FeedMode = 'off' | 'follow' | 'lead';

/** A conversation's live feed. */
export interface LiveFeed {
  setMode(mode: FeedMode): void;
  /** Tries at once if it is waiting to try again; with `anew`, even if it believes in its line. */
  retryNow(forceReconnect?: unknown): void;
  /** Forgets the cursor: the next thing is a new snapshot. */
  reset(): void;
  /** Takes over what another tab, which leads, has heard. */
  relay(signal: FeedSignal): void;
}

/** For how long long-polling stands in for a stream that stays mute or cannot be had. */
const POLL_INSTEAD_MS = 5 * 60_000;
/** After so many failures in a row it is found out whether the host answers anything at all. */
const PROBE_AFTER = 3;
/** For how long after a goodbye the host is about to be back, and how long waits are then at most. */
const RETURN_MS = 60_000;
const RETURN_CAP_MS = 4_000;

/** Makes a feed, switched off. */
export function createLiveFeed(options: FeedOptions): LiveFeed {
  const { runtime, snapshot, stream, poll, onSignal } = options;
  let mode: FeedMode = 'off';
  let cursor: string | null = null;
  /**
   * Log number up to which everything was told: what a slow answer or a tab that slept brings later is old.
   */
  let told = 0;
  let anew = false;
  /** Events that another tab relayed before there was a snapshot for them to follow. */
  let early: ConversationEvent[] = [];
  let pollUntil = 0;
  /**
   * Whether the host has answered anything else since a stream said hello last: a stream that fails then
   * cannot be had.
   */
  let answers = false;
  let returnsUntil = 0;
  let failures = 0;
  let session: AbortController | null = null;
  let napping = false;

  function report(connection: Connection) {
    onSignal({ kind: 'connection', connection, told });
  }
  function online() {
    failures = 0;
    answers = true;
    report({ status: 'online' });
  }
  function take(event: ConversationEvent) {
    if (event.seq <= told) return;
    told = event.seq;
    cursor = event.cursor;
    onSignal({ kind: 'event', event });
  }
  function begin(conversation: VisitorConversation, relayed = false): string {
    if (!(conversation.logSeq < told)) {
      told = conversation.logSeq;
      cursor = conversation.cursor;
      onSignal({ kind: 'snapshot', conversation, anew, relayed: relayed && !anew });
      anew = false;
    }
    early.splice(0).forEach(take);
    return (cursor ??= conversation.cursor);
  }
  function forgetAll() {
    cursor = null;
    told = 0;
    early = [];
    anew = true;
  }

  async function listen(from: string, signal: AbortSignal): Promise<number> {
    let comeBackMs = 0;
    await stream(
      from,
      (frame) => {
        if (signal.aborted) return;
        const data: unknown = JSON.parse(frame.data || 'null');
        if (frame.event === 'hello') {
          online();
          answers = false;
          onSignal({ kind: 'clock', serverTime: (data as StreamHello).serverTime });
        }
        if (frame.event === 'event') take(data as ConversationEvent);
        else if (frame.event === 'typing') onSignal({ kind: 'typing', typing: data as TypingSignal });
        else if (frame.event === 'reset') forgetAll();
        else if (frame.event === 'bye') {
          comeBackMs = (data as StreamBye).retryMs;
          returnsUntil = runtime.now() + RETURN_MS;
        }
      },
      signal,
    );
    // It ended before it began.
    if (answers) pollUntil = runtime.now() + POLL_INSTEAD_MS;
    // Everybody is sent away at once: spread the return. A stream that merely ends is taken up again soon.
    return comeBackMs > 0 ? comeBackMs * (1 + runtime.random()) : 1 + 1_000 * runtime.random();
  }
  async function ask(from: string, signal: AbortSignal) {
    const page = await poll(from, signal);
    online();
    page.events.forEach(take);
    cursor = page.cursor;
  }

  async function step(signal: AbortSignal): Promise<number> {
    let from = cursor;
    if (from === null) {
      const conversation = await snapshot(signal);
      if (signal.aborted) return 0;
      answers = true;
      // The leader's snapshot may have come first. Without numbers that say otherwise, ours is the older one.
      from = cursor === null || conversation.logSeq >= told ? begin(conversation) : cursor;
    }
    if (mode === 'follow') {
      online();
      return Infinity;
    }
    if (pollUntil > runtime.now()) {
      await ask(from, signal);
      return 0;
    }
    return listen(from, signal);
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
        napping = true;
        await pause(runtime, waitMs, signal);
        napping = false;
      }
    }
  }
  function afterFault(error: unknown): number {
    const code = isClientError(error) ? error.code : 'network';
    if (code === 'cursor_expired') {
      forgetAll();
      return 1;
    }
    if (code === 'stream_silent' || (answers && code !== 'overloaded')) {
      answers = false;
      pollUntil = runtime.now() + POLL_INSTEAD_MS;
      return 1;
    }
    pollUntil = 0;
    failures += 1;
    // Is it the host, or only the stream? The next thing is a snapshot.
    if (failures === PROBE_AFTER && returnsUntil < runtime.now()) cursor = null;
    // A host that is too busy says the same to thousands: what it asks for comes on top, or they would be
    // back in one moment.
    const heldMs = (isClientError(error) && error.retryAfterMs) || 0;
    const waitMs = heldMs + retryDelay(failures, runtime.random, boundsFor(error));
    report({ status: 'offline', code, retryAt: runtime.now() + waitMs });
    return Math.max(1, waitMs);
  }
  function boundsFor(error: unknown): RetryOptions {
    // A door that is shut for good is not knocked at every half second.
    if (remedyFor(error) === 'blocked') return { baseMs: BLOCKED_MS, capMs: BLOCKED_MS };
    return returnsUntil > runtime.now() ? { capMs: RETURN_CAP_MS } : {};
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
      if (wanted !== 'follow') early = [];
      if (wanted === mode) return;
      mode = wanted;
      if (mode === 'follow') cursor = null;
      restart();
    },
    retryNow(anew) {
      // Who follows has no line of its own: whoever leads says how that stands.
      if (napping || (anew && mode === 'lead')) restart();
    },
    reset() {
      // A first snapshot is on its way, and nothing was told that could be void. Other tabs may have been
      // told more by now: it must not void theirs.
      if (cursor === null && told === 0) return;
      forgetAll();
      if (mode !== 'off') restart();
    },
    relay(signal) {
      if (signal.kind === 'event') {
        if (mode === 'follow' && cursor !== null) take(signal.event);
        else early.push(signal.event);
      } else if (signal.kind === 'snapshot') {
        early = [];
        if (signal.anew) forgetAll();
        begin(signal.conversation, true);
      } else {
        onSignal(signal);
        // What the tab that leads knows from a snapshot, or the one before it did not pass on, is missing
        // here.
        if (signal.kind !== 'connection' || !cursor || !(signal.told! > told)) return;
        cursor = null;
        restart();
      }
    },
  };
}
