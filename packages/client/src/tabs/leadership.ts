import type { Runtime } from '../runtime.ts';

/** What leadership needs. */
export interface LeadershipOptions {
  name: string;
  runtime: Runtime;
  /** Web Locks; missing on plain-http pages. */
  locks?: LockManager | undefined;
  /** Takes or renews the lease where there are no locks; with 0 gives it back, whoever has it. */
  lease(ms: number): Promise<boolean>;
  /** Asks whoever leads to say so with `heard()`. */
  askLeader(): void;
  /** Whether somebody looks at this tab: only then is it worth taking the lead from a frozen one. */
  isWatched(): boolean;
  onChange(leading: boolean): void;
}

/**
 * One leader among the tabs of a browser: the one that sends and holds the stream. Best effort; the host
 * makes sure.
 */
export interface Leadership {
  readonly leading: boolean;
  /** Stands for election, and leads from the moment `onChange(true)` is called. */
  stand(): void;
  /** Steps down and stops standing. */
  stepDown(): void;
  /** Another tab said that it leads. */
  heard(): void;
}

const CHECK_MS = 5_000;
const ANSWER_MS = 3_000;
const LEASE_MS = 8_000;
const RENEW_MS = 2_000;

/** Makes an election with Web Locks, or with a lease where there are none. */
export function createLeadership(options: LeadershipOptions): Leadership {
  return options.locks ? electByLock(options, options.locks) : electByLease(options);
}

function electByLock(options: LeadershipOptions, locks: LockManager): Leadership {
  const { name, runtime, askLeader, isWatched, onChange } = options;
  let leading = false;
  let standing: AbortController | null = null;
  let release = () => {};
  let cancelCheck = () => {};

  function lead(leads: boolean) {
    if (leading === leads) return;
    leading = leads;
    onChange(leads);
  }
  function request(candidacy: AbortController, steal: boolean) {
    let wasHeld = false;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (candidacy.signal.aborted) return resolve();
        wasHeld = true;
        cancelCheck();
        release = resolve;
        lead(true);
      });
    locks.request(name, steal ? { steal } : { signal: candidacy.signal }, hold).catch(() => {
      if (candidacy.signal.aborted) return;
      // Locks are there and refused: in a frame without an origin, or where nothing may be stored. No other
      // tab shares anything with us.
      if (!wasHeld) return lead(true);
      // Somebody who thought us frozen took the lock: then stand again.
      lead(false);
      request(candidacy, false);
      check(candidacy);
    });
  }
  function check(candidacy: AbortController) {
    cancelCheck = runtime.after(CHECK_MS, () => {
      askLeader();
      cancelCheck = runtime.after(ANSWER_MS, () => {
        if (candidacy.signal.aborted || leading) return;
        if (isWatched()) request(candidacy, true);
        else check(candidacy);
      });
    });
  }
  return {
    get leading() {
      return leading;
    },
    stand() {
      if (standing) return;
      standing = new AbortController();
      request(standing, false);
      check(standing);
    },
    stepDown() {
      standing?.abort();
      standing = null;
      cancelCheck();
      lead(false);
      release();
    },
    heard() {
      if (!standing || leading) return;
      cancelCheck();
      check(standing);
    },
  };
}

function electByLease({ runtime, lease, onChange }: LeadershipOptions): Leadership {
  let leading = false;
  let term = 0;
  let until = 0;
  let cancel = () => {};

  async function renew(mine: number) {
    const ends = runtime.now() + LEASE_MS;
    const leads = await lease(LEASE_MS).catch(() => true);
    if (term !== mine) return;
    cancel = runtime.after(RENEW_MS, () => void renew(mine));
    if (leads) until = ends;
    if (leading === leads) return;
    leading = leads;
    onChange(leads);
  }
  return {
    get leading() {
      return leading;
    },
    stand() {
      if (term % 2 === 0) void renew((term += 1));
    },
    stepDown() {
      if (term % 2 === 0) return;
      term += 1;
      cancel();
      // One that has run out may be another tab's by now.
      if (leading && runtime.now() < until) void lease(0).catch(() => {});
      leading = false;
      onChange(false);
    },
    heard() {},
  };
}
