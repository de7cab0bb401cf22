import type { TurnResult } from '@alur/protocol';
import type { RemedyRule } from '../retry-policy.ts';
import type { Runtime } from '../runtime.ts';
import { afterFailure, hastened, nextStep, NOW, replaces, revived, waitOf } from './outbox-policy.ts';
import type { OutboxEntry, OutboxRows, OutboxWork } from './outbox-rows.ts';

/** What other tabs, and the screen, are told. */
export type OutboxPatch =
  | { do: 'put'; entry: OutboxEntry }
  | { do: 'delete'; entry: OutboxEntry; result?: TurnResult | undefined };

/** What an outbox needs. */
export interface OutboxOptions {
  runtime: Runtime;
  rows(): Promise<OutboxRows>;
  /**
   * Hands an entry to the host under turn number `seq`; must reject with `ClientError` for anything but a
   * 2xx.
   */
  deliver(entry: OutboxEntry, seq: number): Promise<TurnResult | undefined>;
  /** Called for each change that this tab made. */
  onPatch(patch: OutboxPatch): void;
  /** Decides what a failed attempt means for its entry. Default: the rule of the visitor API, `remedyFor`. */
  remedyOf?: RemedyRule;
  /** Called with each failed attempt. */
  onFault(error: unknown, entry: OutboxEntry): void;
}

/** A durable queue that gets each entry to the host once and in order. The README says what it promises. */
export interface Outbox {
  /** The queue as this tab knows it, oldest first. */
  readonly entries: readonly OutboxEntry[];
  /** Nothing is sent any more, for good. */
  readonly stopped: boolean;
  /** Reads the rows that are kept. */
  load(): Promise<void>;
  /** Keeps an entry; it survives the page from the moment this resolves. */
  append(id: string, work: OutboxWork): Promise<OutboxEntry>;
  /** Tries an entry that was set aside once more, under its old id and in its old place. */
  retry(id: string): Promise<void>;
  /** Throws an entry away that was set aside. */
  discard(id: string): Promise<OutboxEntry | undefined>;
  /** Whether this tab is the one that sends. Only one may. */
  setDraining(draining: boolean): Promise<void>;
  /** Tries waiting entries now: the network seems to be back. */
  retryNow(): void;
  /**
   * The page goes away: tries now whatever waits, and also what is only just being kept. That stays for the
   * next page to send again, and the host takes it once.
   */
  lastChance(): void;
  /** Takes over what another tab changed. */
  receive(patch: OutboxPatch): void;
  /** The host's last acknowledged turn number, learnt elsewhere. */
  noteSeq(seq: number): void;
  /** Resolves when nothing is left that could still be sent, or nothing is sent any more. */
  settled(): Promise<void>;
  /** Sends nothing more, for good. */
  stop(): void;
}

/** Makes an outbox. It sends nothing until `setDraining(true)`. */
export function createOutbox({ runtime, rows, deliver, onPatch, onFault, remedyOf }: OutboxOptions): Outbox {
  let entries: readonly OutboxEntry[] = [];
  let lastSeq = 0;
  let draining = false;
  let stopped = false;
  let running = false;
  let cancelWait = () => {};
  /**
   * The entry of the last attempt, when the host asked to wait. Another tab may replace it before that is
   * known there.
   */
  let held: OutboxEntry | undefined;
  let waiters: (() => void)[] = [];
  /** What is on its way into the store. */
  const arriving = new Set<Omit<OutboxEntry, 'order'>>();
  /** What changes while rows are being read, for each reading. */
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
    // Never known before it is written: rows that are being read meanwhile would undo it.
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
    tellSettled();
  }
  function tellSettled() {
    if (!stopped && nextStep(entries, runtime.now()).do !== 'rest') return;
    for (const resolve of waiters) resolve();
    waiters = [];
  }
  function poke() {
    cancelWait();
    void run();
  }

  function retryNow() {
    entries = entries.map(hastened);
    poke();
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
      // The wait that the host asked for is inherited.
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
      poke();
      return entry;
    },
    async retry(id) {
      const entry = entries.find((entry) => entry.id === id && entry.state === 'failed');
      if (entry) await keep(revived(entry));
      poke();
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
      // Behind something else it would overtake it.
      if (stopped || nextStep(entries, runtime.now()).do !== 'rest') return;
      const [first] = arriving;
      if (first) deliver({ ...first, order: 0 } as OutboxEntry, lastSeq + 1).catch(() => {});
    },
    receive(patch) {
      apply(patch);
      if (patch.do === 'delete' && patch.result) lastSeq = patch.result.seq;
      if (draining) poke();
      else tellSettled();
    },
    noteSeq(seq) {
      lastSeq = seq;
    },
    settled() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        tellSettled();
      });
    },
    stop() {
      stopped = true;
      draining = false;
      cancelWait();
      tellSettled();
    },
  };
}
