import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/** Keeps an element in step with an atom for as long as it is connected. */
export class AtomController<Value> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #atom: ReadableAtom<Value>;
  #unsubscribe = () => {};

  constructor(host: ReactiveControllerHost, atom: ReadableAtom<Value>) {
    this.#host = host;
    this.#atom = atom;
    host.addController(this);
  }

  get value(): Value {
    return this.#atom.get();
  }

  hostConnected(): void {
    this.#unsubscribe = this.#atom.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe();
  }
}
