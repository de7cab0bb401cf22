import { render } from 'lit';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';
import { doBoxesMeet, type Box } from '../../layout/viewport.ts';
import { renderCard, type CardScene } from './render-card.ts';

/** How many cards get their words within one frame: more would make panning stutter on a slow machine. */
const PAINTS_PER_FRAME = 24;

interface Entry {
  element: HTMLElement;
  placed: PlacedCard;
  isDetailed: boolean;
  /** What the element was last painted with: equal parts, nothing to do. */
  painted: unknown[];
}

/**
 * The cards of the canvas, one element each, in reading order. A card far outside the view, or too small to
 * be read, is an empty box of the same size. Elements are kept and reused; a card is painted again only when
 * something it shows has changed.
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

  /** Brings the elements in line with a document and with what is near the view. */
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

  /** Says which part of the plane is near the view, and whether words can be read at its scale. */
  show(seen: Box, isReadable: boolean): void {
    this.#seen = seen;
    this.#isReadable = isReadable;
    if (this.#scene) this.#paintUncovered();
  }

  /** The element of a card. */
  elementOf(cardId: string): HTMLElement | undefined {
    return this.#entries.get(cardId)?.element;
  }

  /** Stops work that waits for the next frame. */
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

  /** Paints the cards that show something else than before. */
  #paintChanged(): void {
    const scene = this.#scene!;
    for (const [id, entry] of this.#entries) {
      const isDetailed = this.#isWanted(id, entry);
      const parts = scene.partsOf(entry.placed);
      if (isDetailed === entry.isDetailed && isSame(parts, entry.painted)) continue;
      entry.painted = parts;
      scene.dress(entry.element, entry.placed);
      this.#fill(entry, isDetailed);
    }
  }

  /**
   * Gives words to the cards that came near the view, a few in each frame, and takes them from those that
   * left.
   */
  #paintUncovered(): void {
    cancelAnimationFrame(this.#frame);
    let left = PAINTS_PER_FRAME;
    for (const [id, entry] of this.#entries) {
      const isDetailed = this.#isWanted(id, entry);
      if (isDetailed === entry.isDetailed) continue;
      if (left-- === 0) {
        this.#frame = requestAnimationFrame(() => this.#paintUncovered());
        return;
      }
      this.#fill(entry, isDetailed);
    }
  }

  #isWanted(id: string, { placed }: Entry): boolean {
    return id === this.#scene!.selected || (this.#isReadable && doBoxesMeet(placed, this.#seen));
  }

  #fill(entry: Entry, isDetailed: boolean): void {
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
