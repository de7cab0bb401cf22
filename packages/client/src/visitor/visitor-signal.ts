import type { TurnResult } from '@alur/protocol';
import type { FeedSignal } from '../live/live-feed.ts';
import type { OutboxEntry, QueuedTurn } from '../outbox/outbox-rows.ts';

/** Signals that a client sends to its listeners. */
export type VisitorSignal =
  | Exclude<FeedSignal, { kind: 'clock' }>
  /** The outbox changed. `entries` is its whole content. */
  | { kind: 'outbox'; entries: readonly OutboxEntry[] }
  /** The host accepted a turn. */
  | { kind: 'answered'; turn: QueuedTurn; result: TurnResult }
  /** The host knows the visitor under `visitorId`. */
  | { kind: 'visitor'; visitorId: string }
  /** Another tab shared something (`share`). */
  | { kind: 'shared'; key: string; value: unknown }
  /** Another tab forgot the visitor. This client has closed itself. */
  | { kind: 'forgotten'; why: Forgetting }
  /** An attempt failed. The entry is tried again, or has failed permanently. */
  | { kind: 'fault'; error: unknown; entry: OutboxEntry }
  /** The device cannot store anything: data is lost with the page. */
  | { kind: 'not-kept' };

/** Why a visitor is forgotten: a sign-out (`reset`), or a withdrawn consent (`withdrawn`). */
export type Forgetting = 'reset' | 'withdrawn';
