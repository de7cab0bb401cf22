/** Decides at each fork which of `count` ways is taken. */
export type Choose = (count: number) => number;

/**
 * Runs `run` once for every way in which its choices can fall, and gives how many there were. The same
 * choices must lead to the same forks.
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
    // The last fork that has a way left; everything behind it is forgotten.
    for (let last = path.at(-1); last && ++last.taken >= last.count; last = path.at(-1)) path.pop();
  } while (path.length > 0);
  return runs;
}

/** Things that wait for their turn, where somebody else decides whose turn it is. */
export class Turns {
  readonly #waiting: { thread: string; go: () => void }[] = [];

  /** Resolves when it is this thread's turn. A thread that waits twice comes in that order. */
  wait(thread: string): Promise<void> {
    return new Promise((go) => this.#waiting.push({ thread, go }));
  }

  /** Lets one of the threads that wait go on; false when none does. */
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
