import { LitElement, type CSSResultOrNative } from 'lit';
import { nextTask } from './next-task.ts';

/**
 * Base class of the panel's elements. The first update of an element runs in a separate task, so that
 * opening the panel does not block the page. An error of an update is logged and does not reach the page.
 */
export abstract class PanelElement extends LitElement {
  readonly #firstTask = nextTask();

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    // Moving the element to another document has removed its style sheets.
    this.addStyles((this.constructor as typeof PanelElement).elementStyles);
    this.requestUpdate();
  }

  /** Adds style sheets to the shadow root, except those that it has. */
  addStyles(styles: readonly CSSResultOrNative[]): void {
    addStyles(this.shadowRoot!, styles);
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await this.#firstTask;
    try {
      await super.scheduleUpdate();
    } catch (error) {
      console.error('<livechat-widget>', error);
    }
  }
}

/** Adds the style sheets of `styles` to `root`, except those that it has. */
export function addStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { adoptedStyleSheets } = root;
  const sheets = styles.map((style) => (style instanceof CSSStyleSheet ? style : style.styleSheet!));
  adoptedStyleSheets.push(...sheets.filter((sheet) => !adoptedStyleSheets.includes(sheet)));
}
