import { css, html, LitElement, type PropertyValues } from 'lit';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { EditorKinds, Tint } from '../../kinds/editor-kind.ts';
import type { FlowLayout } from '../../layout/flow-layout.ts';
import type { Box } from '../../layout/viewport.ts';
import type { Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { CentreRequest } from '../requests.ts';

/** Size of the map and its padding, in pixels. */
const WIDTH = 184;
const HEIGHT = 112;
const PADDING = 8;

const tintNames: Tint[] = ['neutral', 'condition', 'action', 'end'];

/**
 * @summary Map of a big flow with a frame around the visible part. A press or drag in it moves the view. It
 * is for mouse users only: the outline and the arrow keys offer the same to others.
 * @internal Part of `<flow-editor>`, loaded for big flows.
 */
export class FlowMinimap extends LitElement {
  static override styles = [
    controls,
    tints,
    css`
      :host {
        position: absolute;
        inset-block-end: 16px;
        inset-inline-end: 16px;
        inline-size: ${WIDTH}px;
        block-size: ${HEIGHT}px;
        direction: ltr;
        border: 1px solid var(--_line);
        border-radius: 10px;
        background: var(--_raised);
        box-shadow: var(--_shadow-mid);
        overflow: hidden;
        cursor: pointer;
        touch-action: none;
      }
      canvas {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      .view {
        position: absolute;
        left: 0;
        top: 0;
        border: 1.5px solid var(--_accent);
        border-radius: 3px;
        background: var(--_accent-soft);
        pointer-events: none;
      }
      .swatch {
        display: none;
        color: var(--_tint-line);
      }
    `,
  ];
  static override properties = {
    layout: { attribute: false },
    strings: { attribute: false },
    kinds: { attribute: false },
  };

  declare layout: FlowLayout;
  declare strings: Strings;
  declare kinds: EditorKinds;

  constructor() {
    super();
    this.addEventListener('pointerdown', this.#handlePointer);
    this.addEventListener('pointermove', this.#handlePointer);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('layout')) this.#draw();
  }

  /** Draws the frame around the visible part. */
  showView(seen: Box): void {
    const view = this.renderRoot.querySelector<HTMLElement>('.view');
    if (!view || !this.layout) return;
    const { scale, x, y } = this.#fit();
    const left = Math.max(-2, seen.x * scale + x);
    const top = Math.max(-2, seen.y * scale + y);
    const right = Math.min(WIDTH, (seen.x + seen.width) * scale + x);
    const bottom = Math.min(HEIGHT, (seen.y + seen.height) * scale + y);
    view.style.transform = `translate(${left}px, ${top}px)`;
    view.style.width = `${Math.max(6, right - left)}px`;
    view.style.height = `${Math.max(6, bottom - top)}px`;
  }

  #fit(): { scale: number; x: number; y: number } {
    const { bounds } = this.layout;
    const scale = Math.min((WIDTH - 2 * PADDING) / bounds.width, (HEIGHT - 2 * PADDING) / bounds.height);
    return {
      scale,
      x: (WIDTH - bounds.width * scale) / 2 - bounds.x * scale,
      y: (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale,
    };
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas')!;
    const context = canvas.getContext('2d');
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = WIDTH * ratio;
    canvas.height = HEIGHT * ratio;
    context.scale(ratio, ratio);
    const { scale, x, y } = this.#fit();
    const colors = this.#colors();
    for (const placed of this.layout.order) {
      context.fillStyle = colors.get(appearanceOfCard(placed.card, this.kinds).tint)!;
      const [width, height] = [Math.max(1, placed.width * scale), Math.max(1, placed.height * scale)];
      context.fillRect(placed.x * scale + x, placed.y * scale + y, width, height);
    }
  }

  /** Returns the colors of the tints in the current color scheme. */
  #colors(): Map<Tint, string> {
    const swatches = this.renderRoot.querySelectorAll('.swatch');
    return new Map(tintNames.map((tint, i) => [tint, getComputedStyle(swatches[i]!).color]));
  }

  #handlePointer = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    if (event.type === 'pointerdown') this.setPointerCapture(event.pointerId);
    const box = this.getBoundingClientRect();
    const { scale, x, y } = this.#fit();
    const ratio = this.offsetWidth / box.width || 1;
    const contentX = ((event.clientX - box.left) * ratio - x) / scale;
    const contentY = ((event.clientY - box.top) * ratio - y) / scale;
    this.dispatchEvent(new CentreRequest(contentX, contentY));
  };

  protected override render() {
    return html`<canvas role="img" aria-label=${this.strings.canvas.minimap}></canvas>
      <div class="view"></div>
      ${tintNames.map((tint) => html`<span class="swatch tint-${tint}"></span>`)}`;
  }
}
