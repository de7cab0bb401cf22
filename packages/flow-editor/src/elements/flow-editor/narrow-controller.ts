import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EditorStore } from '../../store/editor-store.ts';

/** Maximum width of the phone layout, in pixels. */
const NARROW = 720;

/** What the controller needs of the editor. */
export interface NarrowHost extends ReactiveControllerHost, HTMLElement {
  readonly store: EditorStore;
}

/** Chooses between the desktop and the phone layout by the width of the editor. A phone shows the outline. */
export class NarrowController implements ReactiveController {
  /** Whether the editor has the phone layout. */
  isNarrow = false;

  readonly #host: NarrowHost;
  #resize: ResizeObserver | null = null;

  constructor(host: NarrowHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#resize = new ResizeObserver(([entry]) => this.#handleResize(entry!.contentRect.width));
    this.#resize.observe(this.#host);
    // Measure before the first render, so that the canvas does not flash on a phone.
    this.#handleResize(this.#host.clientWidth);
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
  }

  #handleResize(width: number): void {
    if (width === 0) return;
    const isNarrow = width < NARROW;
    if (isNarrow === this.isNarrow) return;
    this.isNarrow = isNarrow;
    this.#host.store.$view.set(isNarrow ? 'outline' : 'canvas');
    this.#host.requestUpdate();
  }
}
