import { render, type TemplateResult } from 'lit/html.js';

/** A piece of a list that keeps its element for as long as its key is there. */
export interface KeyedRow {
  key: string;
  template: TemplateResult;
}

/**
 * Draws rows into a container, each into an element of its own that moves with its key: what a reader looks at, and what is
 * animated or loaded in it, is never given another row's content. Does for a list what Lit's `repeat` does for any place in a
 * template, in a tenth of its size.
 *
 * After each `draw` the container has one element for each row, in their order, and nothing else. A row that throws while it is
 * drawn shows `broken` instead and takes no other row with it.
 */
export class KeyedRows {
  readonly #broken: (error: unknown) => TemplateResult;
  #elements = new Map<string, HTMLElement>();

  constructor(broken: (error: unknown) => TemplateResult) {
    this.#broken = broken;
  }

  draw(container: Element, rows: readonly KeyedRow[]): void {
    const before = this.#elements;
    const now = new Map<string, HTMLElement>();
    for (const row of rows) {
      let { key } = row;
      // A key that comes twice has an element for each time.
      while (now.has(key)) key += '+';
      now.set(key, this.#drawRow(before.get(key), row.template));
      before.delete(key);
    }
    // What is gone goes first: then the rows that stay are in their places and are not moved.
    for (const gone of before.values()) gone.remove();
    let next = container.firstElementChild;
    for (const element of now.values()) {
      if (element === next) next = next.nextElementSibling;
      else container.insertBefore(element, next);
    }
    while (next) {
      const surplus = next;
      next = next.nextElementSibling;
      surplus.remove();
    }
    this.#elements = now;
  }

  #drawRow(known: HTMLElement | undefined, template: TemplateResult): HTMLElement {
    const element = known ?? document.createElement('div');
    try {
      render(template, element);
      return element;
    } catch (error) {
      // What was drawn in part is of no use to the next drawing.
      known?.remove();
      const instead = document.createElement('div');
      render(this.#broken(error), instead);
      return instead;
    }
  }
}
