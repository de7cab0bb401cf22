import { randomFrom, type Random } from './random.ts';

/** The owner of an event: a tab or a process. Some events have none. */
export interface Owner {
  /** Whether its events no longer run. */
  isDead: boolean;
  /** Whether its due events wait until it is unfrozen. */
  isFrozen: boolean;
  readonly waiting: Due[];
  /** Called before each of its events, to restore its surroundings. */
  enter(): void;
}

/** A future event. */
interface Due {
  at: number;
  order: number;
  owner: Owner | null;
  /** Null after it was cancelled. */
  action: (() => void) | null;
}

/** The start time of every simulation: a Tuesday, 09:30 in Jakarta. */
export const BEGINNING = Date.parse('2026-03-03T02:30:00.000Z');

/**
 * The clock and the random numbers of one simulation. Everything is an event with a time. Between two events
 * all pending promise jobs run, so the order of events alone decides the order of everything.
 */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly #heap: Due[] = [];
  readonly #lines: string[] | null;
  #now = BEGINNING;
  #order = 0;
  #ids = 0;
  /** Number of events so far. */
  events = 0;

  constructor(seed: number, options: { trace?: boolean } = {}) {
    this.seed = seed;
    this.random = randomFrom(seed);
    this.#lines = options.trace ? [] : null;
  }

  /** True time, in milliseconds since 1970. The clocks of devices can differ. */
  get now(): number {
    return this.#now;
  }
  get lines(): readonly string[] {
    return this.#lines ?? [];
  }
  get isTraced(): boolean {
    return this.#lines !== null;
  }

  /** Records an event when a trace was requested. */
  note(who: string, what: string): void {
    this.#lines?.push(`${((this.#now - BEGINNING) / 1000).toFixed(3).padStart(9)} ${who.padEnd(8)} ${what}`);
  }

  /** Returns a new id in the form of a UUIDv7. */
  newId(): string {
    const random = Math.floor(this.random() * 0xffffffff)
      .toString(16)
      .padStart(8, '0');
    return `0190${random.slice(0, 4)}-${random.slice(4)}-7000-8000-${(++this.#ids).toString(16).padStart(12, '0')}`;
  }

  /** Runs `action` once after `ms`. Returns a function that cancels it. */
  after(ms: number, action: () => void, owner: Owner | null = null): () => void {
    const due: Due = { at: this.#now + Math.max(0, ms), order: ++this.#order, owner, action };
    this.#push(due);
    return () => void (due.action = null);
  }

  /** Resolves after `ms`. */
  pause(ms: number, owner: Owner | null = null): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, owner));
  }

  /** Returns the number of future events of an owner. */
  waitingFor(owner: Owner): number {
    return this.#heap.filter((due) => due.owner === owner && due.action).length;
  }

  /** Unfreezes an owner and runs its waiting events. */
  thaw(owner: Owner): void {
    owner.isFrozen = false;
    for (const due of owner.waiting.splice(0)) {
      due.at = this.#now;
      due.order = ++this.#order;
      this.#push(due);
    }
  }

  /** Runs for `ms`, or until `isDone` returns true. It is called after each event. */
  async run(ms: number, isDone: () => boolean = () => false): Promise<void> {
    const end = this.#now + ms;
    await settled();
    while (!isDone()) {
      const due = this.#heap[0];
      if (!due || due.at > end) {
        this.#now = end;
        return;
      }
      this.#pop();
      if (!due.action || due.owner?.isDead) continue;
      if (due.owner?.isFrozen) {
        due.owner.waiting.push(due);
        continue;
      }
      this.#now = due.at;
      this.events += 1;
      due.owner?.enter();
      due.action();
      await settled();
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(due, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = due;
  }
  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Resolves after all pending promise jobs: Node runs its next tick when none is left. */
export function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
