import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/**
 * Updates an element when one of its atoms changes, as long as the element is on a page. `@nanostores/lit`
 * does the same but is published as CommonJS, which a browser cannot load unbuilt.
 */
export class AtomsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #atoms: readonly Pick<ReadableAtom<unknown>, 'listen'>[];
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, atoms: readonly Pick<ReadableAtom<unknown>, 'listen'>[]) {
    this.#host = host;
    this.#atoms = atoms;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = this.#atoms.map((atom) => atom.listen(() => this.#host.requestUpdate()));
    // Something may have changed while the element was away.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}
