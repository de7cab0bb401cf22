import { css } from 'lit';

/** Styles of the toolbar. */
export const toolbarStyles = css`
  :host {
    display: block;
    position: relative;
    z-index: 3;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px 16px;
    min-block-size: 56px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
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
  :host([narrow]) .bar {
    padding: 8px 12px;
  }
  :host([narrow]) .title {
    flex-basis: 150px;
  }
  :host([narrow]) .tools {
    order: 3;
    flex: 1 0 100%;
    flex-wrap: wrap;
    justify-content: space-between;
  }
  :host([narrow]) .rule {
    display: none;
  }
  :host([narrow]) .segments button {
    block-size: 32px;
    padding: 0 12px;
  }
  @media (forced-colors: active) {
    .bar {
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
