/** Creates a limiter of concurrent uses, by key. */
export function createConcurrencyLimiter() {
  const open = new Map<string, number>();
  let uses = 0;
  return {
    /**
     * Takes one slot under every key, or none. Returns a function that frees the slots once, or null when a
     * limit is reached.
     */
    take(places: readonly { key: string; limit: number }[]): (() => void) | null {
      if (places.some(({ key, limit }) => (open.get(key) ?? 0) >= limit)) return null;
      for (const { key } of places) open.set(key, (open.get(key) ?? 0) + 1);
      uses += 1;
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        uses -= 1;
        for (const { key } of places) {
          const left = (open.get(key) ?? 1) - 1;
          if (left === 0) open.delete(key);
          else open.set(key, left);
        }
      };
    },
    /** Returns the number of current uses. */
    size: () => uses,
  };
}

export type ConcurrencyLimiter = ReturnType<typeof createConcurrencyLimiter>;
