import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/**
 * Updates an element when one of its atoms changes, while the element is connected. `@nanostores/lit` does
 * the same but is published as CommonJS, which browsers cannot load without a build.
 */
export class AtomsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #atoms: readonly Pick<ReadableAtom<unknown>, 'listen'>[];
  #unsubscribe: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, atoms: readonly Pick<ReadableAtom<unknown>, 'listen'>[]) {
    this.#host = host;
    this.#atoms = atoms;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = this.#atoms.map((atom) => atom.listen(() => this.#host.requestUpdate()));
    // An atom can change while the element is disconnected.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const stop of this.#unsubscribe) stop();
    this.#unsubscribe = [];
  }
}
