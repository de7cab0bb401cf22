/** Pseudorandom numbers that depend only on a seed, so that every decision can be repeated. */
export interface Random {
  /** Returns a number from 0 up to, but not including, 1. */
  (): number;
  /** Returns an integer from 0 up to, but not including, `count`. */
  below(count: number): number;
  /** Returns true with probability `p`. */
  chance(p: number): boolean;
  /** Returns a number between `low` and `high`. */
  between(low: number, high: number): number;
  /** Returns one of the items. */
  pick<T>(items: readonly T[]): T;
}

/** Creates a source of random numbers (mulberry32). */
export function randomFrom(seed: number): Random {
  // Adjacent seeds must not begin with similar numbers.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 16);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Object.assign(next, {
    below: (count: number) => Math.floor(next() * count),
    chance: (p: number) => next() < p,
    between: (low: number, high: number) => low + next() * (high - low),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
  });
}
