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
export interface Outbox {
  /** The queue as this tab knows it, oldest first. */
  readonly entries: readonly OutboxEntry[];
  /** Whether `stop()` was called. Then nothing is sent any more. */
  readonly stopped: boolean;
  /** Reads the stored rows. */
  load(): Promise<void>;
  /** Stores an entry. When it resolves, the entry survives a reload. */
  append(id: string, work: OutboxWork): Promise<OutboxEntry>;
  /** Sends a failed entry again, under its id and in its old position. */
  retry(id: string): Promise<void>;
  /** Deletes a failed entry and returns it. */
  discard(id: string): Promise<OutboxEntry | undefined>;
  /** Sets whether this tab sends. Only one tab may. */
  setDraining(draining: boolean): Promise<void>;
  /** Tries waiting entries now, for example when the network seems to be back. */
  retryNow(): void;
  /**
   * Sends before the page is closed: waiting entries, and an entry that is being stored. The next page sends
   * the latter again; the host accepts it once.
   */
  lastChance(): void;
  /** Applies a change of another tab. */
  receive(patch: OutboxPatch): void;
  /** Sets the last turn number that the host has acknowledged, for example from a snapshot. */
  noteSeq(seq: number): void;
  /** Resolves when no entry is left to send, or after `stop()`. */
  settled(): Promise<void>;
  /** Stops sending permanently. */
  stop(): void;
}

/** Creates an outbox. It sends nothing until `setDraining(true)`. */
export function createOutbox({ runtime, rows, deliver, onPatch, onFault, remedyOf }: OutboxOptions): Outbox {
  let entries: readonly OutboxEntry[] = [];
  let lastSeq = 0;
  let draining = false;
  let stopped = false;
  let running = false;
  let cancelWait = () => {};
  /**
   * Entry of the last attempt, if the host requested a wait. Another tab may replace the entry before that
   * tab knows of the wait.
   */
  let held: OutboxEntry | undefined;
  let waiters: (() => void)[] = [];
  /** Entries that are being stored. */
  const arriving = new Set<Omit<OutboxEntry, 'order'>>();
  /** Changes made while rows are being read, one list per read. */
  const loading = new Set<OutboxPatch[]>();

  function apply(patch: OutboxPatch) {
    for (const changes of loading) changes.push(patch);
    const others = entries.filter(({ id }) => id !== patch.entry.id);
    entries = patch.do === 'delete' ? others : [...others, patch.entry].sort((a, b) => a.order - b.order);
  }
  function change(patch: OutboxPatch) {
    apply(patch);
    onPatch(patch);
  }
  async function keep(entry: OutboxEntry) {
    // Stored before memory changes: a read of the rows at the same time would undo the change.
    await (await rows()).put(entry);
    change({ do: 'put', entry });
  }
  async function remove(entry: OutboxEntry, result?: TurnResult) {
    await (await rows()).delete(entry.order);
    change({ do: 'delete', entry, result });
  }

  async function attempt(entry: OutboxEntry) {
    change({ do: 'put', entry: { ...entry, state: 'sending' } });
    let result: TurnResult | undefined;
    try {
      result = await deliver(entry, lastSeq + 1);
    } catch (error) {
      const outcome = afterFailure(entry, error, { now: runtime.now(), random: runtime.random, remedyOf });
      held = outcome.do === 'again' && outcome.entry.heldByHost ? outcome.entry : undefined;
      if (outcome.do === 'drop') await remove(entry);
      else await keep(outcome.entry);
      if (outcome.do === 'again' && outcome.expected !== undefined) lastSeq = outcome.expected - 1;
      else onFault(error, entry);
      return;
    }
    if (result) lastSeq = result.seq;
    await remove(entry, result);
  }

  async function run() {
    if (running) return;
    running = true;
    try {
      // oxlint-disable-next-line no-unmodified-loop-condition -- setDraining and stop change it
      while (draining) {
        const step = nextStep(entries, runtime.now(), held);
        if (step.do === 'send') {
          await attempt(step.entry);
          continue;
        }
        if (step.do === 'wait') cancelWait = runtime.after(step.ms, () => void run());
        break;
      }
    } finally {
      running = false;
    }
    resolveSettled();
  }
  function resolveSettled() {
    if (!stopped && nextStep(entries, runtime.now()).do !== 'rest') return;
    for (const resolve of waiters) resolve();
    waiters = [];
  }
  function runNow() {
    cancelWait();
    void run();
  }

  function retryNow() {
    entries = entries.map(dueNow);
    runNow();
  }

  return {
    get entries() {
      return entries;
    },
    get stopped() {
      return stopped;
    },
    async load() {
      const changes: OutboxPatch[] = [];
      loading.add(changes);
      try {
        const kept = await (await rows()).all();
        const sending = new Set(entries.filter(({ state }) => state === 'sending').map(({ id }) => id));
        entries = kept.map((entry) => (sending.has(entry.id) ? { ...entry, state: 'sending' } : entry));
      } finally {
        loading.delete(changes);
      }
      for (const patch of changes) apply(patch);
    },
    async append(id, work) {
      const store = await rows();
      const replaced = entries.filter((entry) => replaces(work, entry));
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
      arriving.add(fresh);
      const order = await store.add(fresh).finally(() => arriving.delete(fresh));
      const entry: OutboxEntry = { ...fresh, order };
      change({ do: 'put', entry });
      for (const older of replaced) await remove(older);
      runNow();
      return entry;
    },
    async retry(id) {
      const entry = entries.find((entry) => entry.id === id && entry.state === 'failed');
      if (entry) await keep(requeued(entry));
      runNow();
    },
    async discard(id) {
      const entry = entries.find((entry) => entry.id === id && entry.state === 'failed');
      if (entry) await remove(entry);
      return entry;
    },
    async setDraining(wanted) {
      draining = wanted && !stopped;
      cancelWait();
      if (!draining) return;
      await this.load();
      void run();
    },
    retryNow,
    lastChance() {
      retryNow();
      // Sent behind other entries, it would overtake them.
      if (stopped || nextStep(entries, runtime.now()).do !== 'rest') return;
      const [first] = arriving;
      if (first) deliver({ ...first, order: 0 } as OutboxEntry, lastSeq + 1).catch(() => {});
    },
    receive(patch) {
      apply(patch);
      if (patch.do === 'delete' && patch.result) lastSeq = patch.result.seq;
      if (draining) runNow();
      else resolveSettled();
    },
    noteSeq(seq) {
      lastSeq = seq;
    },
    settled() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        resolveSettled();
      });
    },
    stop() {
      stopped = true;
      draining = false;
      cancelWait();
      resolveSettled();
    },
  };
}
