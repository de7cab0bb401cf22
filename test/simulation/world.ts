import { randomFrom, type Random } from './random.ts';

/** Whose turn it is when an event happens: a tab, or nobody in particular. */
export interface Owner {
  /** Nothing of theirs happens any more. */
  isDead: boolean;
  /** What is due waits here until they wake. */
  isFrozen: boolean;
  readonly waiting: Due[];
  /** Called before each of their events, so that they find their own surroundings. */
  enter(): void;
}

/** Something that is to happen. */
interface Due {
  at: number;
  order: number;
  owner: Owner | null;
  /** Null once it was called off. */
  action: (() => void) | null;
}

/** When every simulation begins: a Tuesday, 09:30 in Jakarta. */
export const BEGINNING = Date.parse('2026-03-03T02:30:00.000Z');

/**
 * All time and all chance of one simulation. Whatever happens is an event with a time; between two events
 * everything that waits for nothing but promises comes to its end, so the order of events alone decides the
 * order of everything.
 */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly #heap: Due[] = [];
  readonly #lines: string[] | null;
  #now = BEGINNING;
  #order = 0;
  #ids = 0;
  /** How many events happened. */
  events = 0;

  constructor(seed: number, options: { trace?: boolean } = {}) {
    this.seed = seed;
    this.random = randomFrom(seed);
    this.#lines = options.trace ? [] : null;
  }

  /** True time, in milliseconds since 1970. Devices may believe something else. */
  get now(): number {
    return this.#now;
  }
  get lines(): readonly string[] {
    return this.#lines ?? [];
  }
  get isTraced(): boolean {
    return this.#lines !== null;
  }

  /** Notes what happened, when somebody wants to read it. */
  note(who: string, what: string): void {
    this.#lines?.push(`${((this.#now - BEGINNING) / 1000).toFixed(3).padStart(9)} ${who.padEnd(8)} ${what}`);
  }

  /** A new id in the shape of a UUIDv7. */
  newId(): string {
    const random = Math.floor(this.random() * 0xffffffff)
      .toString(16)
      .padStart(8, '0');
    return `0190${random.slice(0, 4)}-${random.slice(4)}-7000-8000-${(++this.#ids).toString(16).padStart(12, '0')}`;
  }

  /** Lets `action` happen once after `ms`; the answer calls it off. */
  after(ms: number, action: () => void, owner: Owner | null = null): () => void {
    const due: Due = { at: this.#now + Math.max(0, ms), order: ++this.#order, owner, action };
    this.#push(due);
    return () => void (due.action = null);
  }

  /** Resolves after `ms`. */
  pause(ms: number, owner: Owner | null = null): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, owner));
  }

  /** How many events of an owner are still to come. */
  waitingFor(owner: Owner): number {
    return this.#heap.filter((due) => due.owner === owner && due.action).length;
  }

  /** Lets a frozen owner catch up on what waited. */
  thaw(owner: Owner): void {
    owner.isFrozen = false;
    for (const due of owner.waiting.splice(0)) {
      due.at = this.#now;
      due.order = ++this.#order;
      this.#push(due);
    }
  }

  /** Goes on for `ms`, or until `isDone`, which is asked after each event. */
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

/**
 * Lets everything happen that waits for nothing but promises: Node runs its next tick when no promise job is
 * left.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
