/** A value that can be read, and followed. */
export interface ReadableAtom<Value> {
  get(): Value;
  /** Calls `listener` now and with every change, until the answer is called. */
  subscribe(listener: (value: Value) => void): () => void;
}

/** One value and those who follow it: all of a store that the panel needs. */
export class Atom<Value> implements ReadableAtom<Value> {
  #value: Value;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get(): Value {
    return this.#value;
  }

  set(value: Value): void {
    this.#value = value;
    for (const listener of this.#listeners) listener(this.#value);
  }

  subscribe(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#value);
    return () => this.#listeners.delete(listener);
  }
}
