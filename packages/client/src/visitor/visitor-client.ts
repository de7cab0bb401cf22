import type { FlowPin, PublicFlow, TurnResult, VisitorConversation, WidgetConfig } from '@alur/protocol';
import type { FeedSignal } from '../live/live-feed.ts';
import type { OutboxEntry, QueuedTurn, VisitorNote } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import type { Persistence } from '../storage/persistence.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import type { InboxAddress } from './inbox-address.ts';
import type { VisitorDoor } from './visitor-door.ts';

/** How to make a visitor client. */
export interface VisitorClientOptions extends InboxAddress {
  /** Gives a JWT that the site's backend signed for this visitor. Without it the visitor is anonymous. */
  identity?: (() => Promise<string>) | undefined;
  /** Whose storage to use when there is an `identity`; one person never sees what belongs to another. */
  who?: string | undefined;
  /** How long the visitor is remembered. Default: `browser`. */
  persist?: Persistence | undefined;
  /** Default: the browser's. */
  runtime?: Partial<Runtime>;
  /**
   * Opens what is kept under `name`; `onFallback` says that it is less than durable. When it rejects, memory
   * takes its place. Default: what `persist` asks for, or memory where that cannot be had. For `tab` give
   * `openTabStorage` of `@alur/client/extras`.
   */
  storage?: (name: string, onFallback: () => void) => Promise<VisitorStorage>;
  /** Default: Web Locks where the page has them. */
  locks?: LockManager | undefined;
}

/** What a client tells its listeners. */
export type VisitorSignal =
  | Exclude<FeedSignal, { kind: 'clock' }>
  /** The outbox changed; `entries` is all of it. */
  | { kind: 'outbox'; entries: readonly OutboxEntry[] }
  /** The host took a turn. */
  | { kind: 'answered'; turn: QueuedTurn; result: TurnResult }
  /** The host knows the visitor, and as whom. */
  | { kind: 'visitor'; visitorId: string }
  /** Another tab shared something (`share`). */
  | { kind: 'shared'; key: string; value: unknown }
  /** Another tab forgot the visitor: this client has closed itself. */
  | { kind: 'forgotten'; why: Forgetting }
  /** An attempt failed; the entry is tried again, or was set aside. */
  | { kind: 'fault'; error: unknown; entry: OutboxEntry }
  /** The device cannot keep anything: what is written is gone with the page. */
  | { kind: 'not-kept' };

/**
 * Why a visitor is forgotten: somebody logged out, or somebody took back that they agreed to be remembered.
 */
export type Forgetting = 'reset' | 'withdrawn';

/**
 * One visitor of one inbox. Nothing is stored, and nobody but `config` asks the host, before `connect` or
 * `submit`.
 */
export interface VisitorClient {
  /** Whether this tab sends and holds the stream for all of the visitor's. */
  readonly leading: boolean;
  /** The public configuration. */
  config(signal?: AbortSignal): Promise<WidgetConfig>;
  /** One version of a flow; kept on the device, as it never changes. */
  publicFlow(pin: FlowPin, signal?: AbortSignal): Promise<PublicFlow>;
  /**
   * Asks for the conversation once, without connecting: for an unread badge. Null where no visitor is
   * remembered.
   */
  peek(signal?: AbortSignal): Promise<VisitorConversation | null>;
  /** Messages older than log number `before`. */
  older(before: number, signal?: AbortSignal): Promise<VisitorConversation>;
  /** Becomes a visitor, takes a snapshot and stays in touch, alone or behind the tab that leads. */
  connect(): void;
  /** Disconnects once everything is sent. A page that is left disconnects immediately without this call. */
  disconnectWhenIdle(): void;
  /** Makes the next attempt of everything that waits now. */
  retryNow(): void;
  /** Queues a turn; it is safe when this resolves. */
  submit(turn: QueuedTurn): Promise<void>;
  /**
   * Queues what is no turn, behind the turns before it: "seen up to", a rating, the end of a session. It is
   * safe when this resolves.
   */
  queue(work: VisitorNote): Promise<void>;
  /** Tries an entry that was set aside once more. */
  retry(id: string): Promise<void>;
  /** Takes an entry that was set aside out of the outbox; gives the turn, to edit or forget it. */
  discard(id: string): Promise<QueuedTurn | undefined>;
  /** Makes a call at the visitor's door, with a token; `@alur/client/extras` is made of such calls. */
  readonly door: VisitorDoor;
  /** Tells agents that the visitor writes. Failures are of no interest. */
  typing(): Promise<void>;
  /** The host's clock, as far as it is known, in milliseconds. */
  hostNow(): number;
  /** Something the caller keeps with the visitor, such as the last screen; goes first when space runs out. */
  recall<T>(key: string): Promise<T | undefined>;
  remember(key: string, value: unknown): Promise<void>;
  /**
   * Tells this visitor's other tabs something that they should have in common, such as a draft; kept nowhere.
   */
  share(key: string, value: unknown): void;
  /** Calls `listener` for every signal. Returns an unsubscribe function. */
  subscribe(listener: (signal: VisitorSignal) => void): () => void;
  /** Stops sending for good. Used after consent is withdrawn, before the visitor is forgotten. */
  stopSending(): void;
  /**
   * Has the host erase the visitor: whatever was said, known or sent. Nothing changes on the device. Throws
   * `ClientError`: when it has a `status`, the host refused and nothing is erased; otherwise (`network`,
   * `timeout`) it is not known. Then ask again: it does no harm, and this client makes nobody new meanwhile.
   */
  erase(): Promise<void>;
  /**
   * Forgets this visitor on this device and in all tabs, outbox and consent included, and closes. Where
   * nobody was, it leaves no trace. With `withdrawn` the host is to erase them as well; it is waited for a
   * moment, and asked again for as long as the page lives. With `everybody`, whoever was at this inbox before
   * on this device is forgotten too. Default: with `reset`.
   */
  forget(why?: Forgetting, everybody?: boolean): Promise<void>;
  /** Stops calling listeners, and closes once everything is sent. */
  drainAndClose(): Promise<void>;
  close(): void;
}
