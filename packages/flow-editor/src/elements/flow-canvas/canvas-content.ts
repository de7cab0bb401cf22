import type { Viewport } from '../../layout/viewport.ts';

/** Distance of the grid dots at 100 %, in pixels. */
const GRID_STEP = 24;

/** Moving part of the canvas. Its content is placed once; only this element is moved and scaled. */
export class CanvasContent {
  readonly #content: HTMLElement;
  readonly #grid: HTMLElement;
  /** Scale of the last paint. */
  #layerScale = 1;

  constructor(root: ParentNode) {
    this.#content = root.querySelector<HTMLElement>('.content')!;
    this.#grid = root.querySelector<HTMLElement>('.grid')!;
  }

  /**
   * Moves the content to the viewport. `done`: no further move follows immediately. `glides`: the move is
   * animated. A move without animation ends a running one, so that the next press meets the correct position.
   */
  place({ x, y, scale }: Viewport, done: boolean, glides: boolean): void {
    const transition = glides ? 'transform var(--_slow) var(--_ease)' : '';
    if (this.#content.style.transition !== transition) this.#content.style.transition = transition;
    // A compositor layer moves without a paint, but keeps the scale of its last paint: too fine when zoomed
    // out, too coarse when zoomed in. Repaint it occasionally.
    const ratio = scale / this.#layerScale;
    const isLayer = !done && ratio > 0.6 && ratio < 1.7;
    if (!isLayer) this.#layerScale = scale;
    for (const { classList } of [this.#content, this.#grid]) {
      if (classList.contains('moving') !== isLayer) classList.toggle('moving', isLayer);
    }
    this.#content.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    if (done) this.#content.style.setProperty('--_line-width', String(Math.max(1.5, 0.8 / scale)));
    let step = GRID_STEP * scale;
    while (step < GRID_STEP * 0.7) step *= 2;
    const [gridX, gridY] = [(x % step) - step, (y % step) - step];
    this.#grid.style.transform = `translate(${gridX}px, ${gridY}px) scale(${step / GRID_STEP})`;
  }
}
