/** Calls to one receiver at once. */
const AT_ONCE = 4;
/** After so many failures in a row a receiver is left alone. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * What became of a call: the receiver answered, it failed to, or it was not called at all, such as for a job
 * that was erased meanwhile. The last one says nothing about the receiver.
 */
export type CallOutcome = 'answered' | 'failed' | 'not-called';

interface Receiver {
  running: number;
  failures: number;
  closedUntil: number;
}

/**
 * Keeps receivers that do not answer from using up the calls of all: after 5 failures in a row no call begins
 * for 30 s, doubling up to 10 minutes; then one call at a time tries, until one arrives. Counted in this
 * process.
 */
export function createReceiverBreaker(clock: () => number) {
  const receivers = new Map<string, Receiver>();

  function isPaused({ closedUntil }: Receiver): boolean {
    const left = closedUntil - clock();
    // A pause longer than any can be was begun while the clock was ahead.
    return left > 0 && left <= LONGEST_PAUSE_MS;
  }

  function isBlocked(state: Receiver): boolean {
    return isPaused(state) || state.running >= (state.failures >= FAILURES ? 1 : AT_ONCE);
  }

  /** Counts the outcome of a call. */
  function note(state: Receiver, outcome: CallOutcome): void {
    if (outcome === 'not-called') return;
    state.failures = outcome === 'answered' ? 0 : state.failures + 1;
    const doublings = state.failures - FAILURES;
    state.closedUntil =
      doublings < 0 ? 0 : clock() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings);
  }

  return {
    /** Receivers to which no call may begin now. */
    blocked: (): string[] =>
      [...receivers].flatMap(([receiver, state]) => (isBlocked(state) ? [receiver] : [])),
    /**
     * When the first of the pauses that run now ends, in milliseconds since 1970; null when there is none.
     */
    nextEnd(): number | null {
      const ends = [...receivers.values()].filter(isPaused).map(({ closedUntil }) => closedUntil);
      return ends.length > 0 ? Math.min(...ends) : null;
    },
    /**
     * A call begins. Returns a function for its end, to be given the outcome; null when no call may begin
     * now: of calls that were claimed together, only some may.
     */
    begin(receiver: string): ((outcome: CallOutcome) => void) | null {
      const state = receivers.get(receiver) ?? { running: 0, failures: 0, closedUntil: 0 };
      if (isBlocked(state)) return null;
      receivers.set(receiver, state);
      state.running += 1;
      return (outcome) => {
        state.running -= 1;
        note(state, outcome);
        if (state.running === 0 && state.failures === 0) receivers.delete(receiver);
      };
    },
  };
}

export type ReceiverBreaker = ReturnType<typeof createReceiverBreaker>;
