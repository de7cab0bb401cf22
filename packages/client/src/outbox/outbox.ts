import type { TurnResult } from '@alur/protocol';
import type { RemedyRule } from '../retry-policy.ts';
import type { Runtime } from '../runtime.ts';
import { afterFailure, dueNow, nextStep, NOW, replaces, requeued, waitOf } from './outbox-policy.ts';
import type { OutboxEntry, OutboxRows, OutboxWork } from './outbox-rows.ts';

/** A change of the outbox, for other tabs and for the user interface. */
export type OutboxPatch =
  | { do: 'put'; entry: OutboxEntry }
  | { do: 'delete'; entry: OutboxEntry; result?: TurnResult | undefined };

/** Dependencies of an outbox. */
export interface OutboxOptions {
  runtime: Runtime;
  rows(): Promise<OutboxRows>;
  /**
   * Sends an entry to the host under turn number `seq`. Must reject with `ClientError` for any response other
   * than 2xx.
   */
  deliver(entry: OutboxEntry, seq: number): Promise<TurnResult | undefined>;
  /** Called for each change that this tab made. */
  onPatch(patch: OutboxPatch): void;
  /** Maps the error of a failed attempt to a remedy. Default: `remedyFor`, the rule of the visitor API. */
  remedyOf?: RemedyRule;
  /** Called after each failed attempt. */
  onFault(error: unknown, entry: OutboxEntry): void;
}

/** A durable queue that sends each entry to the host once and in order. The README lists its guarantees. */
export class Outbox {
  readonly #options: OutboxOptions;
  #entries: readonly OutboxEntry[] = [];
  #lastSeq = 0;
  #isDraining = false;
  #isStopped = false;
  #isRunning = false;
  #cancelWait = () => {};
  /**
   * Entry of the last attempt, if the host requested a wait. Another tab may replace the entry before that
   * tab knows of the wait.
   */
  #held: OutboxEntry | undefined;
  #waiters: (() => void)[] = [];
  /** Entries that are being stored. */
  readonly #arriving = new Set<Omit<OutboxEntry, 'order'>>();
  /** Changes made while rows are being read, one list per read. */
  readonly #loading = new Set<OutboxPatch[]>();

  /** Creates an outbox. It sends nothing until `setDraining(true)`. */
  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The queue as this tab knows it, oldest first. */
  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  /** Whether `stop()` was called. Then nothing is sent any more. */
  get stopped(): boolean {
    return this.#isStopped;
  }

  /** Reads the stored rows. */
  async load(): Promise<void> {
    const changes: OutboxPatch[] = [];
    this.#loading.add(changes);
    try {
      const kept = await (await this.#options.rows()).all();
      const sending = new Set(this.#entries.filter(({ state }) => state === 'sending').map(({ id }) => id));
      this.#entries = kept.map((entry) => (sending.has(entry.id) ? { ...entry, state: 'sending' } : entry));
    } finally {
      this.#loading.delete(changes);
    }
    for (const patch of changes) this.#apply(patch);
  }

  /** Stores an entry. When it resolves, the entry survives a reload. */
  async append(id: string, work: OutboxWork): Promise<OutboxEntry> {
    const { rows, runtime } = this.#options;
    const store = await rows();
    const replaced = this.#entries.filter((entry) => replaces(work, entry));
    // The new entry inherits the wait that the host requested.
    const held = replaced.find(({ heldByHost }) => heldByHost);
    const fresh = {
      ...work,
      id,
      state: 'queued' as const,
      queuedAt: runtime.now(),
      attempts: 0,
      ...(held ? waitOf(held) : NOW),
    };
    this.#arriving.add(fresh);
    const order = await store.add(fresh).finally(() => this.#arriving.delete(fresh));
    const entry: OutboxEntry = { ...fresh, order };
    this.#change({ do: 'put', entry });
    for (const older of replaced) await this.#remove(older);
    this.#runNow();
    return entry;
  }

  /** Sends a failed entry again, under its id and in its old position. */
  async retry(id: string): Promise<void> {
    const entry = this.#failed(id);
    if (entry) await this.#keep(requeued(entry));
    this.#runNow();
  }

  /** Deletes a failed entry and returns it. */
  async discard(id: string): Promise<OutboxEntry | undefined> {
    const entry = this.#failed(id);
    if (entry) await this.#remove(entry);
    return entry;
  }

  /** Sets whether this tab sends. Only one tab may. */
  async setDraining(draining: boolean): Promise<void> {
    this.#isDraining = draining && !this.#isStopped;
    this.#cancelWait();
    if (!this.#isDraining) return;
    await this.load();
    void this.#run();
  }

  /** Tries waiting entries now, for example when the network seems to be back. */
  retryNow(): void {
    this.#entries = this.#entries.map(dueNow);
    this.#runNow();
  }

  /**
   * Sends before the page is closed: waiting entries, and an entry that is being stored. The next page sends
   * the latter again; the host accepts it once.
   */
  lastChance(): void {
    this.retryNow();
    // Sent behind other entries, it would overtake them.
    if (this.#isStopped || this.#nextStep().do !== 'rest') return;
    const [first] = this.#arriving;
    if (!first) return;
    this.#options.deliver({ ...first, order: 0 } as OutboxEntry, this.#lastSeq + 1).catch(() => {});
  }

  /** Applies a change of another tab. */
  receive(patch: OutboxPatch): void {
    this.#apply(patch);
    if (patch.do === 'delete' && patch.result) this.#lastSeq = patch.result.seq;
    if (this.#isDraining) this.#runNow();
    else this.#resolveSettled();
  }

  /** Sets the last turn number that the host has acknowledged, for example from a snapshot. */
  noteSeq(seq: number): void {
    this.#lastSeq = seq;
  }

  /** Resolves when no entry is left to send, or after `stop()`. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#resolveSettled();
    });
  }

  /** Stops sending permanently. */
  stop(): void {
    this.#isStopped = true;
    this.#isDraining = false;
    this.#cancelWait();
    this.#resolveSettled();
  }

  #failed(id: string) {
    return this.#entries.find((entry) => entry.id === id && entry.state === 'failed');
  }

  #nextStep(held?: OutboxEntry) {
    return nextStep(this.#entries, this.#options.runtime.now(), held);
  }

  #apply(patch: OutboxPatch) {
    for (const changes of this.#loading) changes.push(patch);
    const others = this.#entries.filter(({ id }) => id !== patch.entry.id);
    this.#entries =
      patch.do === 'delete' ? others : [...others, patch.entry].sort((a, b) => a.order - b.order);
  }

  #change(patch: OutboxPatch) {
    this.#apply(patch);
    this.#options.onPatch(patch);
  }

  async #keep(entry: OutboxEntry) {
    // Stored before memory changes: a read of the rows at the same time would undo the change.
    await (await this.#options.rows()).put(entry);
    this.#change({ do: 'put', entry });
  }

  async #remove(entry: OutboxEntry, result?: TurnResult) {
    await (await this.#options.rows()).delete(entry.order);
    this.#change({ do: 'delete', entry, result });
  }

  async #attempt(entry: OutboxEntry) {
    const { deliver, runtime, remedyOf, onFault } = this.#options;
    this.#change({ do: 'put', entry: { ...entry, state: 'sending' } });
    let result: TurnResult | undefined;
    try {
      result = await deliver(entry, this.#lastSeq + 1);
    } catch (error) {
      const outcome = afterFailure(entry, error, { now: runtime.now(), random: runtime.random, remedyOf });
      this.#held = outcome.do === 'again' && outcome.entry.heldByHost ? outcome.entry : undefined;
      if (outcome.do === 'drop') await this.#remove(entry);
      else await this.#keep(outcome.entry);
      if (outcome.do === 'again' && outcome.expected !== undefined) this.#lastSeq = outcome.expected - 1;
      else onFault(error, entry);
      return;
    }
    if (result) this.#lastSeq = result.seq;
    await this.#remove(entry, result);
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#isDraining) {
        const step = this.#nextStep(this.#held);
        if (step.do === 'send') {
          await this.#attempt(step.entry);
          continue;
        }
        if (step.do === 'wait')
          this.#cancelWait = this.#options.runtime.after(step.ms, () => void this.#run());
        break;
      }
    } finally {
      this.#isRunning = false;
    }
    this.#resolveSettled();
  }

  #runNow() {
    this.#cancelWait();
    void this.#run();
  }

  #resolveSettled() {
    if (!this.#isStopped && this.#nextStep().do !== 'rest') return;
    for (const resolve of this.#waiters) resolve();
    this.#waiters = [];
  }
}
