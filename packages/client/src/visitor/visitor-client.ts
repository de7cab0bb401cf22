import type { FlowPin, PublicFlow, TurnResult, VisitorConversation, WidgetConfig } from '@alur/protocol';
import type { FeedSignal } from '../live/live-feed.ts';
import type { OutboxEntry, QueuedTurn, VisitorNote } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import type { Persistence } from '../storage/persistence.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import type { InboxAddress } from './inbox-address.ts';
import type { VisitorDoor } from './visitor-door.ts';

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

/**
 * One visitor of one inbox. Before `connect` or `submit`, nothing is stored, and only `config` sends
 * requests.
 */
export interface VisitorClient {
  /** Whether this tab sends and holds the stream for all of the visitor's tabs. */
  readonly leading: boolean;
  /** Returns the public configuration. */
  config(signal?: AbortSignal): Promise<WidgetConfig>;
  /** Returns one version of a flow. Stored on the device, because a version never changes. */
  publicFlow(pin: FlowPin, signal?: AbortSignal): Promise<PublicFlow>;
  /**
   * Requests the conversation once, without connecting, for an unread badge. Returns null where no visitor is
   * remembered.
   */
  peek(signal?: AbortSignal): Promise<VisitorConversation | null>;
  /** Returns messages older than log number `before`. */
  older(before: number, signal?: AbortSignal): Promise<VisitorConversation>;
  /** Creates the visitor if necessary, takes a snapshot and stays connected, as the leader or a follower. */
  connect(): void;
  /** Disconnects once everything is sent. A page that is closed disconnects immediately without this call. */
  disconnectWhenIdle(): void;
  /** Starts the next attempt of everything that waits. */
  retryNow(): void;
  /** Queues a turn. Resolves when it is stored. */
  submit(turn: QueuedTurn): Promise<void>;
  /**
   * Queues a read mark, a rating or the end of a session, behind earlier turns. Resolves when it is stored.
   */
  queue(work: VisitorNote): Promise<void>;
  /** Sends a failed entry again. */
  retry(id: string): Promise<void>;
  /** Deletes a failed entry from the outbox. Returns its turn, for example to edit it. */
  discard(id: string): Promise<QueuedTurn | undefined>;
  /** Sends a request to the visitor API, with a token. `@alur/client/extras` uses it. */
  readonly door: VisitorDoor;
  /** Shows agents that the visitor is writing. Errors are ignored. */
  typing(): Promise<void>;
  /** Returns the host's time as far as it is known, in milliseconds. */
  hostNow(): number;
  /**
   * Returns a value stored with `remember`, such as the last screen. It is deleted first when space runs out.
   */
  recall<T>(key: string): Promise<T | undefined>;
  remember(key: string, value: unknown): Promise<void>;
  /** Sends a value to this visitor's other tabs, such as a draft. It is not stored. */
  share(key: string, value: unknown): void;
  /** Calls `listener` for every signal. Returns an unsubscribe function. */
  subscribe(listener: (signal: VisitorSignal) => void): () => void;
  /** Stops sending permanently. Used after consent is withdrawn, before the visitor is forgotten. */
  stopSending(): void;
  /**
   * Asks the host to erase the visitor with all of their data. Nothing changes on the device. Throws
   * `ClientError`. With a `status`, the host refused and nothing is erased. Otherwise (`network`, `timeout`)
   * the result is unknown: repeat the call, which is safe. Meanwhile this client creates no new visitor.
   */
  erase(): Promise<void>;
  /**
   * Forgets this visitor on this device and in all tabs, outbox and consent included, and closes the client.
   * Stores nothing where there was no visitor. With `withdrawn`, it asks the host to erase the visitor too,
   * waits a moment for the response, and repeats the request while the page is open. With `everybody`, it
   * also forgets all other visitors of this inbox on this device. Default of `everybody`: true for `reset`.
   */
  forget(why?: Forgetting, everybody?: boolean): Promise<void>;
  /** Stops calling listeners, and closes once everything is sent. */
  drainAndClose(): Promise<void>;
  close(): void;
}
