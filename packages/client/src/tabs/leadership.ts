import type { Runtime } from '../runtime.ts';

/** Dependencies of an election. */
export interface LeadershipOptions {
  name: string;
  runtime: Runtime;
  /** Web Locks. Undefined on plain-http pages. */
  locks?: LockManager | undefined;
  /** Takes or renews the lease where there are no locks. With 0, releases it, whichever tab holds it. */
  lease(ms: number): Promise<boolean>;
  /** Asks the leader to answer. Call `noteLeader()` when it answers. */
  askLeader(): void;
  /** Returns true while the tab is visible. Only a visible tab takes the lead from a frozen one. */
  isWatched(): boolean;
  onChange(leading: boolean): void;
}

/**
 * Elects one tab of the browser as the leader, which sends and holds the stream. Best effort: the host is
 * safe against two leaders.
 */
export interface Leadership {
  readonly leading: boolean;
  /** Becomes a candidate. The tab leads when `onChange(true)` is called. */
  stand(): void;
  /** Gives up the lead and stops being a candidate. */
  stepDown(): void;
  /** Records that another tab answered as the leader. */
  noteLeader(): void;
}

const CHECK_MS = 5_000;
const ANSWER_MS = 3_000;
const LEASE_MS = 8_000;
const RENEW_MS = 2_000;

/** Creates an election with Web Locks, or with a lease where there are none. */
export function createLeadership(options: LeadershipOptions): Leadership {
  return options.locks ? electByLock(options, options.locks) : electByLease(options);
}

function electByLock(options: LeadershipOptions, locks: LockManager): Leadership {
  const { name, runtime, askLeader, isWatched, onChange } = options;
  let leading = false;
  let currentCandidacy: AbortController | null = null;
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
      // Locks exist but are refused: in a frame with an opaque origin, or where storage is blocked. No other
      // tab shares data with this one.
      if (!wasHeld) return lead(true);
      // Another tab considered this one frozen and stole the lock: become a candidate again.
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
      if (currentCandidacy) return;
      currentCandidacy = new AbortController();
      request(currentCandidacy, false);
      check(currentCandidacy);
    },
    stepDown() {
      currentCandidacy?.abort();
      currentCandidacy = null;
      cancelCheck();
      lead(false);
      release();
    },
    noteLeader() {
      if (!currentCandidacy || leading) return;
      cancelCheck();
      check(currentCandidacy);
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
      // After its end, the lease may belong to another tab.
      if (leading && runtime.now() < until) void lease(0).catch(() => {});
      leading = false;
      onChange(false);
    },
    noteLeader() {},
  };
}
