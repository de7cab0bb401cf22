import { css } from 'lit';

/**
 * Styles of the editor frame: header, canvas or outline, side panel or bottom sheet, and floating elements.
 */
export const editorStyles = css`
  :host {
    display: block;
    position: relative;
    block-size: 100%;
    min-block-size: 320px;
    /* With "hidden" the browser would scroll it when an element in a sliding panel gets the focus. */
    overflow: clip;
    background: var(--_canvas);
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px 16px;
    min-block-size: 56px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    position: relative;
    z-index: 3;
    /* The width of slotted buttons is unknown, so allow a line break. */
    flex-wrap: wrap;
    container-type: inline-size;
  }
  .title {
    flex: 1 1 200px;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    gap: 0 12px;
  }
  /* A hidden copy of the text sets the width of the field. */
  .name {
    display: inline-grid;
    flex: 0 1 auto;
    min-inline-size: min(120px, 100%);
    max-inline-size: 100%;
    font-size: 16px;
    line-height: 24px;
    font-weight: 600;
    letter-spacing: -0.01em;
    overflow: hidden;
    border-radius: 6px;
  }
  .name::after {
    content: attr(data-value) ' ';
    grid-area: 1 / 1;
    visibility: hidden;
    white-space: pre;
    padding: 3px 7px;
    max-inline-size: 420px;
    overflow: hidden;
  }
  .name > input {
    grid-area: 1 / 1;
    inline-size: 100%;
    min-inline-size: 0;
    padding: 3px 7px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: transparent;
    text-overflow: ellipsis;
  }
  .name > input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .name > input:hover:not(:read-only) {
    background: var(--_hover);
  }
  .name > input:focus-visible:not(:read-only) {
    background: var(--_surface);
    border-color: var(--_accent);
    outline: none;
  }
  .state {
    flex: 0 4 auto;
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    color: var(--_muted);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .state::before {
    content: '';
    display: inline-block;
    margin-inline-end: 6px;
    vertical-align: 1px;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .state.live {
    color: var(--_success);
  }
  .state.dirty {
    color: var(--_warning);
  }
  .state.bad {
    color: var(--_danger);
  }
  .state.busy {
    color: var(--_accent);
  }
  .tools,
  .save,
  .end {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .save,
  .end {
    gap: 8px;
  }
  .end {
    margin-inline-start: auto;
  }
  .rule {
    inline-size: 1px;
    block-size: 20px;
    margin-inline: 4px;
    background: var(--_line);
  }
  .segments {
    display: flex;
    padding: 2px;
    border-radius: 8px;
    background: var(--_sunken);
    border: 1px solid var(--_line);
  }
  .segments button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 26px;
    padding: 0 9px;
    border: 0;
    border-radius: 6px;
    background: transparent;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  .segments button:hover {
    color: var(--_text);
  }
  .segments button[aria-pressed='true'] {
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-low);
  }
  .problems {
    padding: 0 8px;
    gap: 5px;
    font-variant-numeric: tabular-nums;
    color: var(--_warning);
  }
  .problems.error {
    color: var(--_danger);
  }
  .problems:has(.number:empty) {
    color: var(--_success);
  }
  .problems .number:empty {
    display: none;
  }
  .problems.unchecked:has(.number:empty) {
    color: var(--_muted);
  }
  .draft > svg {
    display: none;
  }
  /* Hide button texts step by step, but keep the width of the name. Buttons keep their accessible names. */
  @container (width < 1400px) {
    .title {
      flex-direction: column;
      align-items: start;
    }
    .name {
      margin-inline-start: -7px;
      margin-block: -4px -1px;
    }
  }
  @container (width < 1040px) {
    .segments .wide {
      display: none;
    }
  }
  @container (width < 900px) {
    .wide {
      display: none;
    }
    .draft,
    .try {
      inline-size: 32px;
      padding: 0;
    }
    .draft > svg {
      display: block;
    }
  }
  .spinner {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  .strip {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 12px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_accent-soft);
    position: relative;
    z-index: 2;
  }
  .strip > p {
    flex: 1 1 260px;
  }
  .strip > p strong {
    font-weight: 600;
  }
  .strip .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .strip.warning {
    background: var(--_warning-soft);
  }
  .strip.warning > svg {
    color: var(--_warning);
  }
  .strip.error {
    background: var(--_danger-soft);
  }
  .strip.error > svg {
    color: var(--_danger);
  }
  .work {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .main {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .main > * {
    position: absolute;
    inset: 0;
  }
  .panel {
    inline-size: 360px;
    max-inline-size: 50%;
    min-block-size: 0;
    border-inline-start: 1px solid var(--_line);
    background: var(--_surface);
    animation: slide var(--_slow) var(--_ease);
  }
  /* The panel has the focus only while its field loads. */
  .panel:focus-visible {
    outline: none;
  }
  @keyframes slide {
    from {
      translate: 24px 0;
      opacity: 0;
    }
  }
  .narrow .bar {
    padding: 8px 12px;
  }
  .narrow .title {
    flex-basis: 150px;
  }
  .narrow .name {
    margin-block: 0;
  }
  .narrow .tools {
    order: 3;
    flex: 1 0 100%;
    flex-wrap: wrap;
    justify-content: space-between;
  }
  .narrow .rule {
    display: none;
  }
  .narrow .segments button {
    block-size: 32px;
    padding: 0 12px;
  }
  .narrow .panel {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: auto;
    max-inline-size: none;
    block-size: min(72%, 560px);
    border-inline-start: 0;
    border-block-start: 1px solid var(--_line);
    border-start-start-radius: 16px;
    border-start-end-radius: 16px;
    box-shadow: var(--_shadow-high);
    overflow: hidden;
    z-index: 4;
    animation-name: rise;
  }
  @keyframes rise {
    from {
      translate: 0 40px;
      opacity: 0;
    }
  }
  /* Keep the selected card visible above the sheet. */
  .narrow .work:has(> .panel) > .main {
    align-self: start;
    block-size: calc(100% - min(72%, 560px) + 16px);
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    block-size: 100%;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
  }
  .empty strong {
    font-size: 14px;
    font-weight: 600;
    color: var(--_text);
  }
  .explanation {
    position: absolute;
    z-index: 15;
    inset-block-end: 20px;
    inset-inline: 16px;
    inline-size: fit-content;
    max-inline-size: min(480px, calc(100% - 32px));
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 14px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    animation: rise var(--_fast) var(--_ease);
    pointer-events: none;
  }
  .explanation svg {
    flex: none;
    color: var(--_muted);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
  dialog {
    inline-size: min(420px, calc(100vw - 32px));
  }
  dialog h2 {
    margin-block-end: 8px;
  }
  dialog p + p {
    margin-block-start: 8px;
  }
  dialog .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
    .explanation {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .panel,
    .bar,
    .explanation {
      border-color: CanvasText;
    }
    .problems[aria-pressed='true'],
    .problems[aria-pressed='true']:has(.number:empty),
    .problems.unchecked[aria-pressed='true']:has(.number:empty) {
      color: HighlightText;
    }
    .segments button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
