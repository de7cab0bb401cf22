/** Chooses one of `count` branches at each decision. */
export type Choose = (count: number) => number;

/**
 * Runs `run` once for every combination of choices, and returns how many there were. The same choices must
 * lead to the same decisions.
 */
export async function exploreAll(run: (choose: Choose) => Promise<void>): Promise<number> {
  const path: { taken: number; count: number }[] = [];
  let runs = 0;
  do {
    let depth = 0;
    await run((count) => {
      if (depth === path.length) path.push({ taken: 0, count });
      return path[depth++]!.taken;
    });
    runs += 1;
    // The last decision with a branch left. Later ones are dropped.
    for (let last = path.at(-1); last && ++last.taken >= last.count; last = path.at(-1)) path.pop();
  } while (path.length > 0);
  return runs;
}

/** Threads that wait for their turn. The caller decides the order. */
export class Turns {
  readonly #waiting: { thread: string; go: () => void }[] = [];

  /** Resolves when it is this thread's turn. Several waits of a thread end in order. */
  wait(thread: string): Promise<void> {
    return new Promise((go) => this.#waiting.push({ thread, go }));
  }

  /** Continues one of the waiting threads. Returns false when none waits. */
  next(choose: Choose): boolean {
    const first = this.#waiting.filter(
      ({ thread }, index, all) => all.findIndex((other) => other.thread === thread) === index,
    );
    if (first.length === 0) return false;
    const turn = first[choose(first.length)]!;
    this.#waiting.splice(this.#waiting.indexOf(turn), 1);
    turn.go();
    return true;
  }
}
