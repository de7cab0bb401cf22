import { html } from 'lit';
import type { Strings } from '../../strings/strings.ts';
import { icon } from '../../styles/icons.ts';

/** What the zoom buttons need of the canvas. */
export interface ZoomHost {
  readonly strings: Strings;
  zoom(factor: number | 'actual'): void;
  fit(): void;
}

/** Renders the zoom buttons. The canvas sets the percentage itself, with each wheel event. */
export function renderZoom(canvas: ZoomHost) {
  const words = canvas.strings.canvas;
  return html`<div class="controls" role="group" aria-label=${words.zoomGroup} part="zoom">
    <button
      class="button quiet icon small"
      title=${words.zoomOut}
      aria-label=${words.zoomOut}
      @click=${() => canvas.zoom(1 / 1.25)}
    >
      ${icon('minus')}
    </button>
    <button class="button quiet small percent" @click=${() => canvas.zoom('actual')}></button>
    <button
      class="button quiet icon small"
      title=${words.zoomIn}
      aria-label=${words.zoomIn}
      @click=${() => canvas.zoom(1.25)}
    >
      ${icon('plus')}
    </button>
    <button
      class="button quiet icon small"
      title=${words.fit}
      aria-label=${words.fit}
      @click=${() => canvas.fit()}
    >
      ${icon('fit')}
    </button>
  </div>`;
}
