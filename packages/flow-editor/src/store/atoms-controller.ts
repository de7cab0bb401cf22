import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

type Listenable = Pick<ReadableAtom<unknown>, 'listen'>;

/**
 * Updates an element when one of its atoms changes, while the element is connected. `@nanostores/lit` does
 * the same but is published as CommonJS, which browsers cannot load without a build.
 */
export class AtomsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #atoms: () => readonly Listenable[];
  #unsubscribe: (() => void)[] = [];

  /** `atoms` is called when the host is connected, because its properties can be set after its creation. */
  constructor(host: ReactiveControllerHost, atoms: () => readonly Listenable[]) {
    this.#host = host;
    this.#atoms = atoms;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = this.#atoms().map((atom) => atom.listen(() => this.#host.requestUpdate()));
    // An atom can change while the element is disconnected.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const stop of this.#unsubscribe) stop();
    this.#unsubscribe = [];
  }
}
