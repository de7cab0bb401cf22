import { render, type TemplateResult } from 'lit/html.js';
import { nextTask } from './next-task.ts';
import { adopt, sheetOf } from './sheet-of.ts';

/** The properties that changed since the last update, with what they were then. */
export type Changes = Map<PropertyKey, unknown>;

/**
 * Base of the panel's elements: Lit's templates without its element class, which is more than these few need. Properties named in
 * `properties` make the element draw itself anew, once for all changes of a moment. The hooks are LitElement's: `willUpdate`, `render`,
 * `updated`.
 */
export abstract class PanelElement extends HTMLElement {
  /** Names of the properties that the element is drawn from. Declare them with `declare`, and give them values in the constructor. */
  static properties: readonly string[] = [];
  /** CSS of the element, from the most general on. */
  static styles: readonly string[] = [];

  readonly renderRoot: ShadowRoot = this.attachShadow({ mode: 'open' });
  readonly #sheets: readonly CSSStyleSheet[];
  #changes: Changes = new Map();
  /** Each element is drawn for the first time in a task of its own: all of them in one would hold up the page. */
  #begin = nextTask();
  #update: Promise<void> | null = null;

  constructor() {
    super();
    const { properties, styles } = this.constructor as typeof PanelElement;
    this.#sheets = styles.map(sheetOf);
    for (const name of properties) this.#observe(name);
  }

  connectedCallback(): void {
    adopt(this.renderRoot, this.#sheets);
    this.requestUpdate();
  }

  disconnectedCallback(): void {}

  /** Resolves when the element shows what its properties say. */
  get updateComplete(): Promise<void> {
    return this.#update ?? Promise.resolve();
  }

  /** Has the element draw itself once whoever asks is through. */
  requestUpdate(): void {
    if (!this.isConnected) return;
    this.#update ??= this.#begin
      .then(() => this.#draw())
      // The page has no part in it.
      .catch((error: unknown) => console.error('<livechat-widget>', error));
  }

  /** The element's content, from its properties alone. */
  protected abstract render(): TemplateResult;
  /** Before drawing: derives what is to be drawn. What it sets here needs no second update. */
  protected willUpdate(_changes: Changes): void {}
  /** After drawing: measures, scrolls, moves the focus. */
  protected updated(_changes: Changes): void {}

  #draw() {
    const changes = this.#changes;
    this.#changes = new Map();
    try {
      this.willUpdate(changes);
      render(this.render(), this.renderRoot, { host: this });
    } finally {
      this.#update = null;
    }
    this.updated(changes);
  }

  #observe(name: string) {
    // An element may be given its properties before its class is loaded.
    let value: unknown = (this as Record<string, unknown>)[name];
    Object.defineProperty(this, name, {
      get: () => value,
      set: (next: unknown) => {
        if (Object.is(next, value)) return;
        if (!this.#changes.has(name)) this.#changes.set(name, value);
        value = next;
        this.requestUpdate();
      },
    });
  }
}
