/** Maximum number of concurrent calls to one receiver. */
const MAX_CONCURRENT = 4;
/** Number of consecutive failures after which calls to a receiver pause. */
const MAX_FAILURES = 5;
const FIRST_PAUSE_MS = 30_000;
const MAX_PAUSE_MS = 10 * 60_000;

/**
 * Outcome of a call. `not-called`: no request was made, for example because the job was erased. It does not
 * count for or against the receiver.
 */
export type CallOutcome = 'answered' | 'failed' | 'not-called';

interface Receiver {
  running: number;
  failures: number;
  pausedUntil: number;
}

/**
 * Keeps failing receivers from using up the places for calls. After 5 consecutive failures, no call begins
 * for 30 s. Each further failure doubles the pause, up to 10 minutes. After a pause, calls run one at a time
 * until one succeeds. Counts are per process.
 */
export function createReceiverBreaker(clock: () => number) {
  const receivers = new Map<string, Receiver>();

  function isPaused({ pausedUntil }: Receiver): boolean {
    const left = pausedUntil - clock();
    // A pause above the maximum was set while the clock was ahead.
    return left > 0 && left <= MAX_PAUSE_MS;
  }

  function isBlocked(state: Receiver): boolean {
    return isPaused(state) || state.running >= (state.failures >= MAX_FAILURES ? 1 : MAX_CONCURRENT);
  }

  /** Counts the outcome of a call. */
  function countOutcome(state: Receiver, outcome: CallOutcome): void {
    if (outcome === 'not-called') return;
    state.failures = outcome === 'answered' ? 0 : state.failures + 1;
    const doublings = state.failures - MAX_FAILURES;
    state.pausedUntil = doublings < 0 ? 0 : clock() + Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings);
  }

  return {
    /** Returns the receivers to which no call may begin now. */
    blocked: (): string[] =>
      [...receivers].flatMap(([receiver, state]) => (isBlocked(state) ? [receiver] : [])),
    /** Returns when the first current pause ends, in milliseconds since 1970. Null: no receiver is paused. */
    nextEnd(): number | null {
      const ends = [...receivers.values()].filter(isPaused).map(({ pausedUntil }) => pausedUntil);
      return ends.length > 0 ? Math.min(...ends) : null;
    },
    /**
     * Begins a call. Returns a function to call with the outcome. Returns null when no call may begin now: of
     * calls that were claimed together, only some may begin.
     */
    begin(receiver: string): ((outcome: CallOutcome) => void) | null {
      const state = receivers.get(receiver) ?? { running: 0, failures: 0, pausedUntil: 0 };
      if (isBlocked(state)) return null;
      receivers.set(receiver, state);
      state.running += 1;
      return (outcome) => {
        state.running -= 1;
        countOutcome(state, outcome);
        if (state.running === 0 && state.failures === 0) receivers.delete(receiver);
      };
    },
  };
}

export type ReceiverBreaker = ReturnType<typeof createReceiverBreaker>;
