import { databaseOverloaded } from './unavailable.ts';

/** Account and visitor for whom an operation runs. Operations of the host itself have empty ids. */
export interface Share {
  accountId: string;
  visitorId: string;
}

export interface FairQueueOptions {
  /** Maximum number of operations that run at once. */
  atOnce: number;
  /**
   * Maximum number of operations that run or wait. Beyond it, the newest operation of the account with the
   * most waiting operations is rejected.
   */
  maxWaiting: number;
  /** Milliseconds. Default: `performance.now`. */
  now?: () => number;
}

/** Queue of operations for the database. */
export interface FairQueue {
  /**
   * Runs `start` when it is next. Rejects with `overloaded` when the queue is full and this operation is
   * removed.
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

/** Reads the account and the visitor from the input of an operation. */
export function shareOf(input: unknown): Share {
  const { accountId, inboxId, visitorId, conversationId, job } = (input ?? {}) as Record<string, unknown>;
  if (job) return shareOf(job);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { accountId: text(accountId) || text(inboxId), visitorId: text(visitorId) || text(conversationId) };
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
  maxWaiting,
  now = () => performance.now(),
}: FairQueueOptions): FairQueue {
  const accounts = new Map<string, AccountQueue>();
  /** Time of the account whose operation started last. An idle account starts from this value. */
  let reached = 0;
  let running = 0;
  let waiting = 0;
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
  function take(account: AccountQueue, visitorId: string, end: 'shift' | 'pop'): Waiting {
    const operations = account.visitors.get(visitorId)!;
    const operation = operations[end]()!;
    account.visitors.delete(visitorId);
    if (operations.length > 0) account.visitors.set(visitorId, operations);
    account.count -= 1;
    waiting -= 1;
    return operation;
  }

  function next(): void {
    if (running >= atOnce || waiting === 0) return;
    const account = most(
      [...accounts.values()].filter(({ count }) => count > 0),
      ({ used }) => -used,
    );
    reached = account.used;
    account.running += 1;
    running += 1;
    const [visitorId = ''] = account.visitors.keys();
    take(account, visitorId, 'shift').start();
  }

  /** Rejects the newest operation of the visitor with the most, in the account with the most. */
  function rejectNewest(): void {
    const account = most([...accounts.values()], ({ count }) => count);
    const [visitorId] = most([...account.visitors], ([, { length }]) => length);
    take(account, visitorId, 'pop').reject(databaseOverloaded());
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
      await new Promise<void>((begin, reject) => {
        add(account, visitorId, { start: begin, reject });
        next();
        if (running + waiting > maxWaiting) rejectNewest();
      });
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

/** Returns the first of the items with the largest size. */
function most<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item {
  return items.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
}
