import { render } from 'lit';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';
import { doBoxesMeet, type Box } from '../../layout/viewport.ts';
import { renderCard, type CardScene } from './render-card.ts';

/**
 * Maximum number of cards whose text is rendered in one frame. More would make panning stutter on a slow
 * device.
 */
const PAINTS_PER_FRAME = 24;

interface Entry {
  element: HTMLElement;
  placed: PlacedCard;
  isDetailed: boolean;
  /** Parts of the last render. Equal parts need no new render. */
  painted: unknown[];
}

/**
 * Cards of the canvas, one element each, in reading order. A card far outside the view, or too small to read,
 * is an empty box of the same size. Elements are reused. A card is rendered again only if its parts changed.
 */
export class CardLayer {
  readonly #root: HTMLElement;
  readonly #entries = new Map<string, Entry>();
  #scene: CardScene | null = null;
  #seen: Box = { x: 0, y: 0, width: 0, height: 0 };
  #isReadable = true;
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Updates the elements for a document and for the cards near the view. */
  update(layout: FlowLayout, scene: CardScene, seen: Box, isReadable: boolean): void {
    this.#scene = scene;
    this.#seen = seen;
    this.#isReadable = isReadable;
    for (const [id, entry] of this.#entries) {
      if (layout.byId.has(id)) continue;
      entry.element.remove();
      this.#entries.delete(id);
    }
    let before: Element | null = null;
    for (const placed of layout.order) {
      const entry = this.#place(placed);
      const expected: Element | null = before ? before.nextElementSibling : this.#root.firstElementChild;
      if (entry.element !== expected) this.#root.insertBefore(entry.element, expected);
      before = entry.element;
    }
    this.#paintChanged();
  }

  /** Sets which part of the content is near the view, and whether text is readable at the scale. */
  show(seen: Box, isReadable: boolean): void {
    this.#seen = seen;
    this.#isReadable = isReadable;
    if (this.#scene) this.#paintUncovered();
  }

  /** Returns the element of a card. */
  elementOf(cardId: string): HTMLElement | undefined {
    return this.#entries.get(cardId)?.element;
  }

  /** Cancels work that is scheduled for the next frame. */
  dispose(): void {
    cancelAnimationFrame(this.#frame);
  }

  #place(placed: PlacedCard): Entry {
    let entry = this.#entries.get(placed.id);
    if (!entry) {
      const element = document.createElement('div');
      element.dataset['id'] = placed.id;
      element.setAttribute('role', 'treeitem');
      element.tabIndex = -1;
      entry = { element, placed, isDetailed: false, painted: [] };
      this.#entries.set(placed.id, entry);
      moveElement(element, placed);
    } else if (isMoved(entry.placed, placed)) {
      moveElement(entry.element, placed);
    }
    entry.placed = placed;
    return entry;
  }

  /** Renders the cards whose parts changed. */
  #paintChanged(): void {
    const scene = this.#scene!;
    for (const [id, entry] of this.#entries) {
      const isDetailed = this.#needsContent(id, entry);
      const parts = scene.partsOf(entry.placed);
      if (isDetailed === entry.isDetailed && isSame(parts, entry.painted)) continue;
      entry.painted = parts;
      scene.updateElement(entry.element, entry.placed);
      this.#setContent(entry, isDetailed);
    }
  }

  /**
   * Renders the text of cards that entered the surroundings of the view, a few per frame, and removes it from
   * cards that left.
   */
  #paintUncovered(): void {
    cancelAnimationFrame(this.#frame);
    let left = PAINTS_PER_FRAME;
    for (const [id, entry] of this.#entries) {
      const isDetailed = this.#needsContent(id, entry);
      if (isDetailed === entry.isDetailed) continue;
      if (left-- === 0) {
        this.#frame = requestAnimationFrame(() => this.#paintUncovered());
        return;
      }
      this.#setContent(entry, isDetailed);
    }
  }

  #needsContent(id: string, { placed }: Entry): boolean {
    return id === this.#scene!.selected || (this.#isReadable && doBoxesMeet(placed, this.#seen));
  }

  #setContent(entry: Entry, isDetailed: boolean): void {
    if (isDetailed || entry.isDetailed) {
      render(isDetailed ? renderCard(entry.placed, this.#scene!) : null, entry.element);
    }
    entry.isDetailed = isDetailed;
  }
}

function moveElement({ style }: HTMLElement, box: Box): void {
  style.translate = `${box.x}px ${box.y}px`;
  style.height = `${box.height}px`;
}

function isMoved(a: Box, b: Box): boolean {
  return a.x !== b.x || a.y !== b.y || a.height !== b.height;
}

function isSame(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
