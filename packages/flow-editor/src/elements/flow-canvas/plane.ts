import type { Viewport } from '../../layout/viewport.ts';

/** The distance of the dots behind the cards, at drawn size. */
const GRID_STEP = 24;

/** The moving part of the canvas: everything on it is placed once, and only it is moved and scaled. */
export class Plane {
  readonly #plane: HTMLElement;
  readonly #grid: HTMLElement;
  /** The scale at which the plane was last painted. */
  #layerScale = 1;

  constructor(root: ParentNode) {
    this.#plane = root.querySelector<HTMLElement>('.plane')!;
    this.#grid = root.querySelector<HTMLElement>('.grid')!;
  }

  /**
   * Puts the plane where the viewport says. `done`: no further move follows at once; `glides`: one can watch
   * it go. A move that does not glide ends one that does: the plane is always where the next press expects
   * it.
   */
  place({ x, y, scale }: Viewport, done: boolean, glides: boolean): void {
    const transition = glides ? 'transform var(--_slow) var(--_ease)' : '';
    if (this.#plane.style.transition !== transition) this.#plane.style.transition = transition;
    // A layer of its own moves without being painted, but is kept at the scale at which it was made: too fine
    // when zoomed out, too coarse when zoomed in. Now and then it is made anew.
    const ratio = scale / this.#layerScale;
    const isLayer = !done && ratio > 0.6 && ratio < 1.7;
    if (!isLayer) this.#layerScale = scale;
    for (const { classList } of [this.#plane, this.#grid]) {
      if (classList.contains('moving') !== isLayer) classList.toggle('moving', isLayer);
    }
    this.#plane.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    if (done) this.#plane.style.setProperty('--_line-width', String(Math.max(1.5, 0.8 / scale)));
    let step = GRID_STEP * scale;
    while (step < GRID_STEP * 0.7) step *= 2;
    const [gridX, gridY] = [(x % step) - step, (y % step) - step];
    this.#grid.style.transform = `translate(${gridX}px, ${gridY}px) scale(${step / GRID_STEP})`;
  }
}
