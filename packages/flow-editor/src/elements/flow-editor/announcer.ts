import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { icon } from '../../styles/icons.ts';

/** Duration of a visible explanation, in milliseconds. */
const SHOWN_MS = 6000;

/**
 * Announcements of the editor. `announce` is for screen readers only, because the change is visible.
 * `explain` is also visible, because nothing changed.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #text = '';
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#show('');
  }

  /** Text of the live region. */
  get text(): string {
    return this.#text;
  }

  announce(text: string): void {
    this.#show('');
    this.#setText(text);
  }

  explain(text: string): void {
    this.#show(text);
    this.#setText(text);
  }

  render() {
    return html`${
        this.#shown
          ? html`<div class="explanation" aria-hidden="true">${icon('info')}<span>${this.#shown}</span></div>`
          : nothing
      }
      <div class="visually-hidden" role="status" aria-live="polite">${this.#text}</div>`;
  }

  #setText(text: string): void {
    // Screen readers skip a live region whose text does not change.
    this.#text = text === this.#text ? `${text}\u00a0` : text;
    this.#host.requestUpdate();
  }

  #show(text: string): void {
    clearTimeout(this.#timer);
    this.#shown = text;
    if (text === '') return;
    this.#timer = setTimeout(() => {
      this.#shown = '';
      this.#host.requestUpdate();
    }, SHOWN_MS);
  }
}
