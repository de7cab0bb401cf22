import type { LivechatEventDetails, LivechatEventName } from '../events.ts';

/** Dispatches the events of an element, and remembers the last detail of each. */
export class PageEvents {
  readonly #element: HTMLElement;
  readonly #last: Partial<Record<LivechatEventName, unknown>> = Object.create(null);
  #warned = '';

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  emit<Name extends LivechatEventName>(name: Name, detail: LivechatEventDetails[Name]): void {
    this.#last[name] = detail;
    this.#element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** Returns the last detail of an event; undefined before the first one. */
  last<Name extends LivechatEventName>(name: Name): LivechatEventDetails[Name] | undefined {
    return this.#last[name] as LivechatEventDetails[Name] | undefined;
  }

  /** Reports an error to the site's developer: on the console and as an event, once in a row. */
  warn(code: string, message: string): void {
    if (this.#warned === code) return;
    this.#warned = code;
    console.warn(`<livechat-widget> ${message}`, this.#element);
    this.emit('livechat-error', { code, message });
  }
}
