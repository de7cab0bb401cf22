/** Calls to one receiver at once. */
const AT_ONCE = 4;
/** After so many failures in a row a receiver is left alone. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

interface Receiver {
  running: number;
  failures: number;
  closedUntil: number;
}

/**
 * Keeps receivers that do not answer from using up the calls of all: after 5 failures in a row no call begins for 30 s,
 * doubling up to 10 minutes; then one call at a time tries, until one arrives. Counted in this process.
 */
export function createReceiverBreaker(clock: () => number) {
  const receivers = new Map<string, Receiver>();

  function isBlocked({ running, failures, closedUntil }: Receiver): boolean {
    const left = closedUntil - clock();
    // A pause longer than any can be was begun while the clock was ahead.
    if (left > 0 && left <= LONGEST_PAUSE_MS) return true;
    return running >= (failures >= FAILURES ? 1 : AT_ONCE);
  }

  return {
    /** Receivers to which no call may begin now. */
    blocked: (): string[] =>
      [...receivers].flatMap(([receiver, state]) => (isBlocked(state) ? [receiver] : [])),
    /**
     * A call begins. Returns a function for its end, to be given whether the receiver answered at all; null when no call
     * may begin now: of calls that were claimed together, only some may.
     */
    begin(receiver: string): ((answered: boolean) => void) | null {
      const state = receivers.get(receiver) ?? { running: 0, failures: 0, closedUntil: 0 };
      if (isBlocked(state)) return null;
      receivers.set(receiver, state);
      state.running += 1;
      return (answered) => {
        state.running -= 1;
        state.failures = answered ? 0 : state.failures + 1;
        const doublings = state.failures - FAILURES;
        state.closedUntil =
          doublings < 0 ? 0 : clock() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings);
        if (state.running === 0 && state.failures === 0) receivers.delete(receiver);
      };
    },
  };
}

export type ReceiverBreaker = ReturnType<typeof createReceiverBreaker>;
