import { databaseOverloaded } from './unavailable.ts';

/** On whose behalf an operation runs. Operations of the host itself have empty ids. */
export interface Share {
  accountId: string;
  visitorId: string;
}

export interface FairQueueOptions {
  /** Operations that run at once. */
  atOnce: number;
  /**
   * Operations that run or wait. Beyond it, the account with the most waiting operations loses its newest
   * one.
   */
  maxWaiting: number;
  /** Milliseconds. Default: `performance.now`. */
  now?: () => number;
}

/** Operations that run and wait for the database. */
export interface FairQueue {
  /** Runs `start` when its turn comes. Rejects with `overloaded` when it has to make room for others. */
  run<Result>(share: Share, start: () => Promise<Result>): Promise<Result>;
  /** Number of operations that wait. */
  waiting(): number;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

interface Waiting {
  start: () => void;
  reject: (error: Error) => void;
}

/** The operations of one account that wait, by visitor: a map keeps the order of turns. */
interface AccountQueue {
  count: number;
  running: number;
  visitors: Map<string, Waiting[]>;
  /** Time that its operations took, in milliseconds, on the clock of the queue. */
  used: number;
}

/** Reads the account and the visitor from the input of an operation. */
export function shareOf(input: unknown): Share {
  const { accountId, inboxId, visitorId, conversationId, job } = (input ?? {}) as Record<string, unknown>;
  if (job) return shareOf(job);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { accountId: text(accountId) || text(inboxId), visitorId: text(visitorId) || text(conversationId) };
}

/** Accounts without operations whose time is kept, so that a pause of a moment forgives nothing. */
const MAX_IDLE = 1_000;

/**
 * Creates a queue in which the account is next that has used the least time (start-time fair queueing), and
 * visitors of an account take turns. So an account with many or long operations delays another one by no more
 * than what runs already. Operations of one visitor keep their order.
 */
export function createFairQueue({
  atOnce,
  maxWaiting,
  now = () => performance.now(),
}: FairQueueOptions): FairQueue {
  const accounts = new Map<string, AccountQueue>();
  /**
   * The time that the account had used whose operation began last. An account that was idle begins from here.
   */
  let reached = 0;
  let running = 0;
  let waiting = 0;
  let idlers: (() => void)[] = [];

  function accountOf(accountId: string): AccountQueue {
    let account = accounts.get(accountId);
    if (!account) accounts.set(accountId, (account = { count: 0, running: 0, visitors: new Map(), used: 0 }));
    if (account.count + account.running === 0) account.used = Math.max(account.used, reached);
    return account;
  }

  function add(account: AccountQueue, visitorId: string, operation: Waiting): void {
    const line = account.visitors.get(visitorId) ?? [];
    account.visitors.set(visitorId, line);
    line.push(operation);
    account.count += 1;
    waiting += 1;
  }

  /** Takes an operation out of a visitor's line, which goes to the end of the round. */
  function take(account: AccountQueue, visitorId: string, end: 'shift' | 'pop'): Waiting {
    const line = account.visitors.get(visitorId)!;
    const operation = line[end]()!;
    account.visitors.delete(visitorId);
    if (line.length > 0) account.visitors.set(visitorId, line);
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

  /** Refuses the newest operation of the visitor with the most, in the account with the most. */
  function makeRoom(): void {
    const account = most([...accounts.values()], ({ count }) => count);
    const [visitorId] = most([...account.visitors], ([, { length }]) => length);
    take(account, visitorId, 'pop').reject(databaseOverloaded());
  }

  function forgetIdle(): void {
    for (const [accountId, { count, running: own, used }] of accounts)
      if (count + own === 0 && (used <= reached || accounts.size > MAX_IDLE)) accounts.delete(accountId);
  }

  function end(account: AccountQueue, ms: number): void {
    account.running -= 1;
    account.used += ms;
    running -= 1;
    next();
    if (accounts.size > MAX_IDLE) forgetIdle();
    if (running === 0) for (const resolve of idlers.splice(0)) resolve();
  }

  return {
    async run({ accountId, visitorId }, start) {
      const account = accountOf(accountId);
      await new Promise<void>((begin, reject) => {
        add(account, visitorId, { start: begin, reject });
        next();
        if (running + waiting > maxWaiting) makeRoom();
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
      running === 0 ? Promise.resolve() : new Promise((resolve) => (idlers = [...idlers, resolve])),
  };
}

/** Returns the first of the items with the largest size. */
function most<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item {
  return items.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
}
