import type { World } from '../world.ts';

/** An owner of row locks. */
export interface Holder {
  readonly name: string;
}

/** Row locks of one database: each row has one holder, and other transactions wait in order. */
export class RowLocks {
  readonly #world: World;
  readonly #held = new Map<string, { holder: Holder; line: { holder: Holder; take: () => void }[] }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Resolves when `holder` has the row. Throws in a deadlock. */
  take(row: string, holder: Holder): Promise<void> {
    const lock = this.#held.get(row);
    if (!lock) {
      this.#held.set(row, { holder, line: [] });
      return Promise.resolve();
    }
    if (lock.holder === holder) return Promise.resolve();
    this.#refuseDeadlock(row, holder);
    return new Promise((take) => lock.line.push({ holder, take }));
  }

  /** Releases everything that `holder` has or waits for. */
  release(holder: Holder): void {
    for (const [row, lock] of this.#held) {
      lock.line = lock.line.filter((waiter) => waiter.holder !== holder);
      if (lock.holder !== holder) continue;
      const next = lock.line.shift();
      if (!next) this.#held.delete(row);
      else {
        lock.holder = next.holder;
        this.#world.after(0, next.take);
      }
    }
  }

  /** Number of locked rows; 0 without transactions. */
  get size(): number {
    return this.#held.size;
  }

  #refuseDeadlock(row: string, holder: Holder): void {
    const seen = new Set<string>();
    let next: string | undefined = row;
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      const owner: Holder | undefined = this.#held.get(next)?.holder;
      if (owner === holder) throw new Error(`${holder.name} waits for ${row} in a circle.`);
      next = [...this.#held].find(([, { line }]) => line.some((waiter) => waiter.holder === owner))?.[0];
    }
  }
}
