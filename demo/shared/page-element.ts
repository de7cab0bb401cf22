import { LitElement } from 'lit';

/**
 * Base class of the pages' elements. It renders into the page, not into a shadow root: these elements are
 * used only in this demo, so plain style sheets can reach them.
 */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
