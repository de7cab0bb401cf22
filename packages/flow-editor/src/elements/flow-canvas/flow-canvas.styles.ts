import { css } from 'lit';
import { CARD_WIDTH, HEAD_HEIGHT, ROW_HEIGHT } from '../../layout/card-size.ts';

/** Styles of the canvas: grid, content, cards, lines and floating controls. */
export const canvasStyles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    background: var(--_canvas);
    user-select: none;
    -webkit-user-select: none;
  }
  .surface {
    position: absolute;
    inset: 0;
    overflow: hidden;
    touch-action: none;
    cursor: grab;
    outline: none;
  }
  .surface[data-panning],
  .surface[data-panning] * {
    cursor: grabbing !important;
  }
  .surface[data-space] * {
    cursor: grab;
  }
  .grid {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    inline-size: calc(150% + 96px);
    block-size: calc(150% + 96px);
    background-image: radial-gradient(circle, var(--_grid) 1px, transparent 1.2px);
    background-size: 24px 24px;
    transform-origin: 0 0;
    pointer-events: none;
  }
  /* Left to right in every language: coordinates of the content increase to the right. */
  .content {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    inline-size: 0;
    block-size: 0;
    transform-origin: 0 0;
    direction: ltr;
  }
  .content.moving,
  .grid.moving {
    will-change: transform;
  }
  svg.lines {
    position: absolute;
    overflow: visible;
    inline-size: 1px;
    block-size: 1px;
    pointer-events: none;
    fill: none;
    stroke: var(--_edge);
    /* Keep lines visible when zoomed out. */
    stroke-width: var(--_line-width, 1.5);
  }
  .lines .lit {
    stroke: var(--_accent);
    stroke-width: 3;
  }
  .lines .jumps {
    stroke: var(--_accent);
    stroke-width: 3;
  }
  .lines .head {
    fill: var(--_accent);
    stroke: none;
  }
  .lines .jump {
    stroke: var(--_accent);
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
  }
  .card {
    position: absolute;
    left: 0;
    inset-block-start: 0;
    inline-size: ${CARD_WIDTH}px;
    contain: strict;
    border-radius: var(--_radius);
    border: 1px solid var(--_tint-line);
    background: linear-gradient(var(--_tint) ${HEAD_HEIGHT}px, var(--_surface) ${HEAD_HEIGHT}px);
    color: var(--_text);
    cursor: pointer;
    direction: var(--_direction, ltr);
  }
  .card:empty {
    background: color-mix(in srgb, var(--_tint) 35%, var(--_tint-line));
  }
  .card:not(:empty) {
    contain: layout size style;
    box-shadow: var(--_shadow-low);
  }
  .card:not(:empty):hover {
    border-color: var(--_tint-ink);
  }
  .card:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 3px;
  }
  .card.selected {
    border-color: var(--_accent);
    box-shadow:
      0 0 0 1px var(--_accent),
      0 0 0 4px var(--_accent-soft),
      var(--_shadow-mid);
  }
  .card.selected:focus-visible {
    outline-offset: 5px;
  }
  .lines .drop {
    stroke: var(--_accent);
    stroke-width: 4;
    stroke-linecap: round;
  }
  .card.dragged {
    z-index: 1;
    opacity: 0.85;
    box-shadow: var(--_shadow-high);
  }
  /* Dim the boxes of cards that are not on the path or found. Their text keeps its contrast and hides the lines. */
  .card.dim:not(:empty) {
    background: var(--_canvas);
    border-color: var(--_line);
    box-shadow: none;
    color: var(--_muted);
  }
  .card.asked:not(:empty) {
    background: var(--_surface);
    box-shadow: none;
  }
  .card.dim:empty {
    opacity: 0.42;
  }
  .card.dim.selected:not(:empty) {
    border-color: var(--_accent);
  }
  .card.lit {
    border-color: var(--_accent);
    box-shadow: 0 0 0 2px var(--_accent);
  }
  .card.found {
    box-shadow: 0 0 0 3px var(--_warning);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: ${HEAD_HEIGHT - 1}px;
    padding-inline: 10px;
    color: var(--_tint-ink);
    border-block-end: 1px solid var(--_tint-line);
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
    white-space: nowrap;
  }
  .kind {
    overflow: hidden;
    text-overflow: ellipsis;
    flex: 1;
  }
  .head:has(~ .order) {
    /* Space for the order. Its length depends on the language and on the number of branches. */
    padding-inline-end: calc(var(--_order-length) * 1ch + 26px);
  }
  .order {
    position: absolute;
    inset-block-start: 7px;
    inset-inline-end: 10px;
    color: var(--_tint-ink);
    font-size: 12px;
    line-height: 18px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    padding: 0 6px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--_tint-ink) 10%, transparent);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    margin-inline-end: -3px;
    border-radius: 6px;
    background: var(--_warning-soft);
    color: var(--_warning);
  }
  .mark.error {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .body {
    position: relative;
    padding: 10px 12px;
  }
  .row {
    block-size: ${ROW_HEIGHT}px;
    line-height: ${ROW_HEIGHT}px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
    text-align: start;
  }
  .row.two {
    block-size: ${2 * ROW_HEIGHT}px;
    white-space: normal;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }
  .row.muted {
    color: var(--_muted);
    font-size: 12px;
  }
  .row.strong {
    font-weight: 600;
  }
  /* A missing value is not an error yet. The mark above shows that it is required. */
  .row.unset {
    color: var(--_warning);
  }
  .card:has(.mark.error) .row.unset {
    color: var(--_danger);
  }
  .row > .dot {
    display: inline-block;
    margin-inline-end: 6px;
  }
  .goto {
    position: absolute;
    inset-inline-end: 8px;
    inset-block-end: 8px;
    display: inline-flex;
    align-items: center;
    gap: 2px;
    block-size: 24px;
    padding: 0 4px 0 8px;
    border: 1px solid var(--_tint-line);
    border-radius: 6px;
    background: var(--_tint);
    color: var(--_tint-ink);
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
  }
  .dim .head,
  .dim .order,
  .dim .goto {
    border-color: var(--_line);
    background: none;
    color: var(--_muted);
  }
  .dim .dot {
    opacity: 0.6;
  }
  .goto:hover {
    border-color: var(--_tint-ink);
  }
  .body:has(.goto) .row:last-of-type {
    padding-inline-end: 64px;
  }
  .outcome {
    position: absolute;
    inset-block-start: -12px;
    inset-inline-end: 10px;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 2px 8px 2px 6px;
    border-radius: 10px;
    background: var(--_raised);
    border: 1px solid var(--_line-strong);
    color: var(--_muted);
    font-size: 11px;
    line-height: 14px;
    font-weight: 600;
  }
  .outcome.matched,
  .outcome.entered {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }
  .outcome.not-asked svg {
    display: none;
  }

  .add {
    position: absolute;
    left: 0;
    inset-block-start: 0;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_muted);
    box-shadow: var(--_shadow-low);
    transition:
      color var(--_fast) var(--_ease),
      background var(--_fast) var(--_ease),
      border-color var(--_fast) var(--_ease);
  }
  /* Larger touch target than the visible circle. */
  .add::before {
    content: '';
    position: absolute;
    inset: -10px;
  }
  .add:hover,
  .add[aria-expanded='true'] {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }
  .add.open {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: ${CARD_WIDTH}px;
    block-size: 44px;
    padding: 0 12px;
    border: 1.5px dashed var(--_warning);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_warning-soft) 60%, var(--_canvas));
    color: var(--_warning);
    font-weight: 500;
    box-shadow: none;
    direction: var(--_direction, ltr);
  }
  .add.open.error {
    border-color: var(--_danger);
    background: color-mix(in srgb, var(--_danger-soft) 60%, var(--_canvas));
    color: var(--_danger);
  }
  .add.open > span {
    flex: 1;
    text-align: start;
  }
  .add.open.first {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .add.open:hover,
  .add.open[aria-expanded='true'] {
    border-style: solid;
    background: var(--_surface);
  }
  .add.dim:not(:hover, [aria-expanded='true']) {
    border-color: var(--_line);
    background: var(--_canvas);
    color: var(--_muted);
    box-shadow: none;
  }
  .fork-note {
    position: absolute;
    left: 0;
    inset-block-start: 0;
    padding: 0 4px;
    font-size: 11px;
    line-height: 16px;
    font-weight: 500;
    color: var(--_muted);
    background: var(--_canvas);
    border-radius: 4px;
    white-space: nowrap;
    pointer-events: none;
  }
  .controls {
    position: absolute;
    inset-block-end: 16px;
    inset-inline-start: 16px;
    display: flex;
    padding: 3px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-mid);
  }
  .controls .percent {
    min-inline-size: 52px;
    padding: 0 4px;
    font-variant-numeric: tabular-nums;
  }

  @media (pointer: coarse) {
    .add:not(.open) {
      inline-size: 28px;
      block-size: 28px;
      margin: -2px;
    }
  }
  @media (forced-colors: active) {
    .card,
    .add,
    .controls {
      border: 1px solid CanvasText;
    }
    .card.selected {
      outline: 3px solid Highlight;
    }
    svg.lines {
      stroke: CanvasText;
    }
    .lines .lit {
      stroke: Highlight;
    }
  }
`;
