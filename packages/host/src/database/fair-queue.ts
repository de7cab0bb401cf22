import type { HostProblem } from '../problem.ts';
import { databaseOverloaded, databaseUnavailable } from './unavailable.ts';

/** Account and visitor for whom an operation runs. Operations of the host itself have empty ids. */
export interface Share {
  accountId: string;
  visitorId: string;
}

/**
 * Account of all callers whose ids are not verified yet, so that an invented id is no account of its own. No
 * real account has this id.
 */
const UNVERIFIED = '?';
/** Operations that look up an id or a key of an unverified caller. */
const LOOKUPS: ReadonlySet<string> = new Set(['findInbox', 'findAccount', 'findAccountByKey']);

export interface FairQueueOptions {
  /** Maximum number of operations that run at once. */
  atOnce: number;
  /** Maximum number of operations of one account that run at once. Default: `atOnce`. */
  perAccount?: number;
  /**
   * Maximum number of operations that run or wait. Beyond it, the newest operation of the account with the
   * most waiting operations is rejected.
   */
  maxWaiting: number;
  /** Maximum time that an operation waits, in milliseconds. Default: no limit. */
  maxWaitMs?: number;
  /** Returns the error of an operation that is removed from a full queue. Default: `databaseOverloaded`. */
  overloaded?: () => HostProblem;
  /** Milliseconds. Default: `performance.now`. */
  now?: () => number;
}

/** Queue of operations for the database. */
export interface FairQueue {
  /**
   * Runs `start` when it is next. Rejects with `overloaded` when the queue is full and this operation is
   * removed, or when it has waited too long.
   */
  run<Result>(share: Share, start: () => Promise<Result>): Promise<Result>;
  /** Returns the number of waiting operations. */
  waiting(): number;
  /** Resolves when no operation runs or waits. */
  idle(): Promise<void>;
}

interface Waiting {
  start: () => void;
  reject: (error: Error) => void;
  /** Position in the order of arrival. */
  number: number;
}

/**
 * Waiting operations of one account by visitor. The map's order is the order in which visitors take turns.
 */
interface AccountQueue {
  count: number;
  running: number;
  visitors: Map<string, Waiting[]>;
  /** Total time of its operations, in milliseconds, on the clock of the queue. */
  used: number;
}

/**
 * Returns the account and the visitor on whose behalf an operation runs. The input of a look-up names its
 * caller by `address`, and its other ids are ignored. Other operations get ids that the host has verified.
 */
export function shareOf(name: string, input: unknown): Share {
  const { accountId, visitorId, conversationId, job, address } = (input ?? {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  if (LOOKUPS.has(name)) return { accountId: UNVERIFIED, visitorId: text(address) };
  if (job) return shareOf(name, job);
  return { accountId: text(accountId), visitorId: text(visitorId) || text(conversationId) };
}

/**
 * Maximum number of idle accounts whose time is kept. Without it, a short pause would reset an account's
 * time.
 */
const MAX_IDLE = 1_000;

/**
 * Creates a queue that runs the account with the least time next (start-time fair queueing); visitors of an
 * account take turns. So an account with many or long operations delays another one by no more than the
 * running operations. Operations of one visitor keep their order.
 */
export function createFairQueue({
  atOnce,
  perAccount = atOnce,
  maxWaiting,
  maxWaitMs,
  overloaded = databaseOverloaded,
  now = () => performance.now(),
}: FairQueueOptions): FairQueue {
  const accounts = new Map<string, AccountQueue>();
  /** Time of the account whose operation started last. An idle account starts from this value. */
  let reached = 0;
  let running = 0;
  let waiting = 0;
  let arrivals = 0;
  let idleCallbacks: (() => void)[] = [];

  function accountOf(accountId: string): AccountQueue {
    let account = accounts.get(accountId);
    if (!account) accounts.set(accountId, (account = { count: 0, running: 0, visitors: new Map(), used: 0 }));
    if (account.count + account.running === 0) account.used = Math.max(account.used, reached);
    return account;
  }

  function add(account: AccountQueue, visitorId: string, operation: Waiting): void {
    const operations = account.visitors.get(visitorId) ?? [];
    account.visitors.set(visitorId, operations);
    operations.push(operation);
    account.count += 1;
    waiting += 1;
  }

  /** Removes an operation from a visitor's list. The visitor moves to the end of the account's order. */
  function remove(account: AccountQueue, visitorId: string, index: number): Waiting {
    const operations = account.visitors.get(visitorId)!;
    const [operation] = operations.splice(index, 1);
    account.visitors.delete(visitorId);
    if (operations.length > 0) account.visitors.set(visitorId, operations);
    account.count -= 1;
    waiting -= 1;
    return operation!;
  }

  function next(): void {
    if (running >= atOnce || waiting === 0) return;
    const ready = [...accounts.values()].filter(({ count, running: own }) => count > 0 && own < perAccount);
    if (ready.length === 0) return;
    const account = most(ready, ({ used }) => -used);
    reached = account.used;
    account.running += 1;
    running += 1;
    const [visitorId = ''] = account.visitors.keys();
    remove(account, visitorId, 0).start();
  }

  /**
   * Rejects the newest operation of the visitor with the most, in the account with the most. Of several with
   * as many, the one whose last operation arrived last: who waits already is not removed for a newcomer.
   */
  function rejectNewest(): void {
    const account = most(
      [...accounts.values()],
      ({ count }) => count,
      ({ visitors }) => Math.max(0, ...[...visitors.values()].map(newestOf)),
    );
    const [visitorId, operations] = most(
      [...account.visitors],
      ([, { length }]) => length,
      ([, waitingOnes]) => newestOf(waitingOnes),
    );
    remove(account, visitorId, operations.length - 1).reject(overloaded());
  }

  /** Rejects an operation after `maxWaitMs`. Returns a function that stops the timer. */
  function limitWait(account: AccountQueue, visitorId: string, operation: Waiting): () => void {
    if (maxWaitMs === undefined) return () => {};
    const timer = setTimeout(() => {
      const index = account.visitors.get(visitorId)?.indexOf(operation) ?? -1;
      if (index >= 0) remove(account, visitorId, index).reject(databaseUnavailable());
    }, maxWaitMs);
    return () => clearTimeout(timer);
  }

  function deleteIdle(): void {
    for (const [accountId, { count, running: own, used }] of accounts)
      if (count + own === 0 && (used <= reached || accounts.size > MAX_IDLE)) accounts.delete(accountId);
  }

  function end(account: AccountQueue, ms: number): void {
    account.running -= 1;
    account.used += ms;
    running -= 1;
    next();
    if (accounts.size > MAX_IDLE) deleteIdle();
    if (running === 0) for (const resolve of idleCallbacks.splice(0)) resolve();
  }

  return {
    async run({ accountId, visitorId }, start) {
      const account = accountOf(accountId);
      let stopTimer = (): void => {};
      const begun = new Promise<void>((start, reject) => {
        const operation = { start, reject, number: ++arrivals };
        add(account, visitorId, operation);
        next();
        if (running + waiting > maxWaiting) rejectNewest();
        stopTimer = limitWait(account, visitorId, operation);
      });
      await begun.finally(stopTimer);
      const began = now();
      try {
        return await start();
      } finally {
        end(account, now() - began);
      }
    },
    waiting: () => waiting,
    idle: () =>
      running === 0
        ? Promise.resolve()
        : new Promise((resolve) => (idleCallbacks = [...idleCallbacks, resolve])),
  };
}

/** Returns the item with the largest size. Of several, the one with the largest `tieBreak`, or the first. */
function most<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  tieBreak: (item: Item) => number = () => 0,
): Item {
  return items.reduce((a, b) => ((sizeOf(b) - sizeOf(a) || tieBreak(b) - tieBreak(a)) > 0 ? b : a));
}

function newestOf(operations: readonly Waiting[]): number {
  return operations.at(-1)?.number ?? 0;
}
