import { LitElement } from 'lit';

/**
 * What the pages are made of. It renders into the page itself, not into a shadow root: these elements never
 * leave this demo, so plain style sheets can reach them.
 */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
