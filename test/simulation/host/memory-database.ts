import type { Database } from '../../../packages/host/src/database/database.ts';
import type { HostEvent } from '../../../packages/host/src/database/host-event.ts';
import {
  assignConversation,
  replyToConversation,
  resolveConversation,
  setConversationLabels,
} from '../../../packages/host/src/operations/conversations.ts';
import type { FlowCache } from '../../../packages/host/src/operations/flow-cache.ts';
import { findInbox } from '../../../packages/host/src/operations/inboxes.ts';
import type { Records } from '../../../packages/host/src/operations/records.ts';
import { submitTurn } from '../../../packages/host/src/operations/submit-turn.ts';
import {
  getPublicFlow,
  getVisitorConversation,
  getWidgetConfig,
  listVisitorEvents,
  markVisitorRead,
  visitorConversationId,
} from '../../../packages/host/src/operations/visitor-reads.ts';
import { endSession, rateSession } from '../../../packages/host/src/operations/visitor-requests.ts';
import {
  createVisitor,
  findRevokedFamilies,
  refreshVisitor,
} from '../../../packages/host/src/operations/visitors.ts';
import { isHostProblem } from '../../../packages/host/src/problem.ts';
import type { Owner, World } from '../world.ts';
import { RowLocks, type Holder } from './locks.ts';
import { beginInMemory, type MemoryTransaction } from './memory-records.ts';
import type { Tables } from './tables.ts';

/** The shipped operations that the simulation runs, under the names that routes use. */
const operations = {
  findInbox,
  getWidgetConfig,
  getPublicFlow,
  createVisitor,
  refreshVisitor,
  findRevokedFamilies,
  submitTurn,
  getVisitorConversation,
  listVisitorEvents,
  markVisitorRead,
  rateSession,
  endSession,
  visitorConversationId,
  replyToConversation,
  assignConversation,
  setConversationLabels,
  resolveConversation,
} as unknown as Record<string, (records: Records, input: unknown) => Promise<unknown>>;

/** Options of a store. */
export interface StoreOptions {
  world: World;
  tables: Tables;
  flows: FlowCache;
  /** Whether transactions overlap, as in PostgreSQL, or run one after the other, as in PGlite. */
  isOverlapping: boolean;
  /** Wraps the records of an operation, for planted bugs. */
  wrap?: ((transaction: MemoryTransaction, store: Store) => MemoryTransaction) | undefined;
  /** Called with an error that can only be a defect. */
  onDefect(error: unknown): void;
}

/** The parts that are kept when a process crashes: the tables, and the listeners of other processes. */
export class Store {
  readonly options: StoreOptions;
  readonly locks: RowLocks;
  readonly listeners = new Set<(hostEvents: readonly HostEvent[]) => void>();

  constructor(options: StoreOptions) {
    this.options = options;
    this.locks = new RowLocks(options.world);
  }
}

/** The database connection of one host process. */
export interface DatabaseClient extends Database {
  /**
   * Drops all host events from now on. Receiving them again begins with a `resync`, as after a lost
   * connection.
   */
  setDeaf(isDeaf: boolean): void;
  /** The process has crashed: its transactions are rolled back. */
  die(): void;
}

/** Maximum time of a message between process and database, in milliseconds. */
const TRAVEL_MS = 2;
const STEP_MS = 1;
const NOTICE_MS = 15;

/** Opens the store for one process. Everything that the process waits for ends with it. */
export function openMemoryDatabase(store: Store, process: Owner): DatabaseClient {
  const { world, tables, flows, isOverlapping, wrap, onDefect } = store.options;
  const noticeListeners = new Set<(hostEvent: HostEvent) => void>();
  const open = new Set<Holder>();
  let transactions = 0;
  let isDeaf = false;
  let noticesUntil = 0;

  function notifyListeners(hostEvents: readonly HostEvent[]): void {
    for (const hostEvent of hostEvents) for (const listener of noticeListeners) listener(hostEvent);
  }
  /** Delivers commits to each process in order, after a delay. */
  function deliverCommit(hostEvents: readonly HostEvent[]): void {
    if (isDeaf) return;
    noticesUntil = Math.max(noticesUntil, world.now + world.random() * NOTICE_MS);
    world.after(noticesUntil - world.now, () => notifyListeners(hostEvents), process);
  }
  if (isOverlapping) store.listeners.add(deliverCommit);

  async function attempt(name: string, input: unknown): Promise<unknown> {
    const holder: Holder = { name: `${name} ${++transactions}` };
    open.add(holder);
    const plain = beginInMemory({
      tables,
      flows,
      now: new Date(world.now),
      step: isOverlapping ? () => world.pause(world.random() * STEP_MS, process) : async () => {},
      lock: (row) => store.locks.take(row, holder),
    });
    const { records, writes, hostEvents } = wrap ? wrap(plain, store) : plain;
    try {
      const result = await operations[name]!(records, input);
      if (isOverlapping) await world.pause(world.random() * STEP_MS, process);
      for (const write of writes) write();
      if (isOverlapping && hostEvents.length > 0) for (const deliver of store.listeners) deliver(hostEvents);
      return { result, hostEvents };
    } finally {
      store.locks.release(holder);
      open.delete(holder);
    }
  }

  return {
    description: 'memory',
    async run(name, input) {
      await world.pause(world.random() * TRAVEL_MS, process);
      try {
        const { result, hostEvents } = (await attempt(name, input)) as {
          result: never;
          hostEvents: HostEvent[];
        };
        await world.pause(world.random() * TRAVEL_MS, process);
        // The response contains the host events, so both are delivered together.
        if (!isOverlapping) queueMicrotask(() => notifyListeners(hostEvents));
        return result;
      } catch (error) {
        if (!isHostProblem(error)) onDefect(error);
        await world.pause(world.random() * TRAVEL_MS, process);
        throw error;
      }
    },
    listen(listener) {
      noticeListeners.add(listener);
      return () => noticeListeners.delete(listener);
    },
    notify: (hostEvent) =>
      isOverlapping
        ? store.listeners.forEach((deliver) => deliver([hostEvent]))
        : notifyListeners([hostEvent]),
    async close() {},
    setDeaf(deaf) {
      if (isDeaf && !deaf) world.after(0, () => notifyListeners([{ kind: 'resync' }]), process);
      isDeaf = deaf;
    },
    die() {
      store.listeners.delete(deliverCommit);
      noticeListeners.clear();
      for (const holder of open) store.locks.release(holder);
      open.clear();
    },
  };
}
