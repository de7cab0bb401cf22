/** Id of the turn that the text in the composer will become. The text itself is the view's `draft`. */
export class ComposerDraft {
  readonly #newId: () => string;
  readonly #show: (text: string) => void;
  #id = '';
  /**
   * Whether the next letter starts a new turn: the draft is empty, or was restored and may have been sent.
   */
  #startsNewTurn = true;

  constructor(newId: () => string, show: (text: string) => void) {
    this.#newId = newId;
    this.#show = show;
  }

  get id(): string {
    return this.#id;
  }

  /** Shows a text. `storedId`: the id under which the device has stored it. */
  set(text: string, storedId = ''): void {
    if (storedId || this.#startsNewTurn) this.#id = storedId || this.#newId();
    this.#startsNewTurn = !text || storedId !== '';
    this.#show(text);
  }
}
