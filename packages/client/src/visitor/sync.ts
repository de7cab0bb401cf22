import { LiveFeed, type Connection, type FeedSignal } from '../live/live-feed.ts';
import { Outbox, type OutboxPatch } from '../outbox/outbox.ts';
import type { OutboxEntry, QueuedTurn, VisitorWork } from '../outbox/outbox-rows.ts';
import type { Runtime } from '../runtime.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { Transport } from './transport.ts';
import type { VisitorSignal } from './visitor-signal.ts';
import { watchPage } from './watch-page.ts';

/** What one tab sends to the visitor's other tabs. */
export type SyncMessage = { kind: 'signal'; signal: FeedSignal } | { kind: 'patch'; patch: OutboxPatch };

/** The team of tabs, as the sync uses it. */
export interface SyncTeam {
  readonly leading: boolean;
  join(): void;
  leave(): void;
  post(message: SyncMessage): void;
}

/** Dependencies of a sync. */
export interface SyncOptions {
  runtime: Runtime;
  transport: Transport;
  storage: DeviceStorage;
  team: SyncTeam;
  emit(signal: VisitorSignal): void;
  /** Called when another page has forgotten the visitor while this page was hidden or frozen. */
  onForgotten(): void;
}

/** Time after which a tab that does not lead becomes a follower. */
const FOLLOW_MS = 50;

/**
 * Keeps one tab and the host in step: the feed receives, the outbox sends. In the leading tab both use the
 * network; in the others both follow the leader.
 */
export class Sync {
  readonly #options: SyncOptions;
  readonly #feed: LiveFeed;
  readonly #outbox: Outbox;
  readonly #stopWatchingPage: () => void;
  #connection: Connection = { status: 'idle' };
  /** Whether a connection is wanted. */
  #isWanted = false;
  #hasJoined = false;
  /** Whether the page was hidden or frozen. It may come back. */
  #isSuspended = false;

  constructor(options: SyncOptions) {
    const { runtime, transport, storage, team, emit } = options;
    this.#options = options;
    this.#feed = new LiveFeed({
      runtime,
      source: transport,
      onSignal: (signal) => {
        this.#handleFeedSignal(signal);
        if (team.leading) team.post({ kind: 'signal', signal });
      },
    });
    this.#outbox = new Outbox({
      runtime,
      rows: async () => (await storage.open()).rows,
      deliver: (entry, seq) => transport.deliver(entry, seq),
      onPatch: (patch) => this.#handlePatch(patch),
      onFault: (error, entry) => emit({ kind: 'fault', error, entry }),
    });
    this.#stopWatchingPage = watchPage({
      retryNow: (forceReconnect) => this.retryNow(forceReconnect),
      suspend: () => this.#suspend(),
      resume: () => void this.#resume(),
    });
  }

  /** The outbox as this tab knows it, oldest first. */
  get entries(): readonly OutboxEntry[] {
    return this.#outbox.entries;
  }

  get connection(): Connection {
    return this.#connection;
  }

  connect(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    // A hidden page must not start anything, because it would hold resources until it comes back.
    if (!this.#isSuspended) this.#join();
  }

  /** Disconnects once everything is sent. */
  disconnectWhenIdle(): void {
    this.#isWanted = false;
    // A follower receives nothing from here on. It must not look up to date if it reconnects before
    // everything is sent.
    if (!this.#options.team.leading) this.#feed.setMode('off');
    void this.#disconnectWhenSettled();
  }

  /** Starts the next attempt of everything that waits. */
  retryNow(forceReconnect?: unknown): void {
    this.#outbox.retryNow();
    this.#feed.retryNow(forceReconnect);
  }

  /** Stores work of the visitor in the outbox. */
  async append(id: string, work: VisitorWork): Promise<void> {
    await this.#outbox.append(id, work);
  }

  /** Sends a failed entry again. */
  retry(id: string): Promise<void> {
    return this.#outbox.retry(id);
  }

  /** Deletes a failed entry. Returns its turn. */
  async discard(id: string): Promise<QueuedTurn | undefined> {
    const entry = await this.#outbox.discard(id);
    return entry?.kind === 'turn' ? entry.turn : undefined;
  }

  /** Starts or ends the work of the leading tab. */
  setLeading(leading: boolean): void {
    void this.#outbox.setDraining(leading);
    this.#feed.setMode(leading ? 'lead' : this.#isWanted ? 'follow' : 'off');
  }

  /** Sends entries that a tab stored before it crashed, without a broadcast. Only for the leading tab. */
  sendStored(): void {
    void this.#outbox.setDraining(true);
  }

  /** Adopts the connection of the leading tab. */
  followLeader(connection: Connection): void {
    if (this.#isWanted) this.#handleFeedSignal({ kind: 'connection', connection });
  }

  /** Applies a message of another tab. */
  receive(message: SyncMessage): void {
    if (message.kind === 'patch') {
      this.#emitAnswer(message.patch);
      // The outbox may send the next entry immediately. The screen must know the result of this one first.
      if (this.#options.storage.isOpen) this.#outbox.receive(message.patch);
      this.#emitOutbox();
    } else if (this.#isWanted && !this.#options.team.leading) this.#feed.relay(message.signal);
  }

  /** Starts again with a snapshot, because the host knows the visitor under a new id. */
  resetFeed(): void {
    this.#feed.reset();
  }

  /** Stops sending permanently. */
  stopSending(): void {
    this.#outbox.stop();
  }

  /** Ends the connection. Resolves when everything is sent, also what an earlier page has stored. */
  async drain(): Promise<void> {
    const { storage, team } = this.#options;
    this.#isWanted = false;
    this.#feed.setMode('off');
    // Entries of an earlier page may still wait, although this page has not loaded the outbox.
    if (!this.#isSuspended && storage.isMarked) {
      await this.#outbox.load();
      team.join();
    }
    await this.#outbox.settled();
  }

  /** Ends all automatic work. Keeps the lead, so that no other tab starts before this one has finished. */
  stop(): void {
    this.#isWanted = false;
    this.#stopWatchingPage();
    this.#outbox.stop();
    this.#feed.setMode('off');
  }

  #join() {
    const { runtime, team } = this.#options;
    // Rows that were deleted while this tab was hidden are on the host. They are reported with its snapshot,
    // or with their patch.
    const isFirst = !this.#hasJoined;
    this.#hasJoined = true;
    void this.#outbox.load().then(() => isFirst && this.#emitOutbox());
    team.join();
    // Wait before following: this tab is usually the only one and leads immediately.
    runtime.after(FOLLOW_MS, () => {
      if (this.#isWanted && !team.leading) this.#feed.setMode('follow');
    });
  }

  async #disconnectWhenSettled() {
    await this.#outbox.settled();
    // After `stopSending`, this tab keeps the lead: another tab would send the entries.
    if (this.#isWanted || this.#outbox.stopped) return;
    this.#options.team.leave();
    this.#feed.setMode('off');
  }

  #suspend() {
    this.#isSuspended = true;
    // Keepalive requests outlive the page.
    this.#outbox.lastChance();
    // Browsers do not cache a page that holds a lock or a stream, and another tab may need both.
    this.#options.team.leave();
    this.#feed.setMode('off');
  }

  async #resume() {
    this.#isSuspended = false;
    if (await this.#options.transport.isForgotten()) return this.#options.onForgotten();
    if (this.#isSuspended) return;
    if (this.#isWanted) this.#join();
    else this.retryNow();
  }

  #handleFeedSignal(signal: FeedSignal) {
    if (signal.kind === 'clock') return this.#options.transport.noteClock(signal.serverTime);
    if (signal.kind === 'connection') {
      // The host is reachable: send waiting entries now.
      if (signal.connection.status === 'online' && this.#connection.status !== 'online')
        this.#outbox.retryNow();
      this.#connection = signal.connection;
    }
    this.#options.emit(signal);
    if (signal.kind === 'snapshot') {
      this.#outbox.noteSeq(signal.conversation.seq);
      this.#emitOutbox();
    }
  }

  #handlePatch(patch: OutboxPatch) {
    // The host accepted an entry, so the stream can reconnect now.
    if (patch.do === 'delete' && this.#connection.status === 'offline') this.#feed.retryNow();
    this.#emitAnswer(patch);
    this.#emitOutbox();
    this.#options.team.post({ kind: 'patch', patch });
  }

  #emitAnswer(patch: OutboxPatch) {
    if (patch.do === 'delete' && patch.result && patch.entry.kind === 'turn') {
      this.#options.emit({ kind: 'answered', turn: patch.entry.turn, result: patch.result });
    }
  }

  #emitOutbox() {
    this.#options.emit({ kind: 'outbox', entries: this.#outbox.entries });
  }
}
