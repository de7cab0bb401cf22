import { css } from 'lit';

/** Styles of the outline: one line for each card, indented by branch. */
export const outlineStyles = css`
  :host {
    display: block;
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--_canvas);
  }
  .tree {
    max-inline-size: 880px;
    margin-inline: auto;
    padding: 16px 16px 96px;
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 52px;
    padding: 6px 8px 6px 4px;
    margin-inline-start: calc(min(var(--_level), 9) * 20px);
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
    cursor: pointer;
    /* Skip rendering of lines far outside the view. */
    content-visibility: auto;
    contain-intrinsic-block-size: auto 52px;
  }
  .line:hover {
    border-color: var(--_line-strong);
  }
  .line.selected {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .line.matched,
  .line.entered {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  /* Dim the box. The text keeps its contrast. */
  .line.dim,
  .line.dim .kind {
    color: var(--_muted);
  }
  .line.dim .tile {
    opacity: 0.6;
  }
  .fold {
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 28px;
    padding: 0;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
    flex: none;
  }
  button.fold:hover {
    background: var(--_hover);
  }
  [aria-expanded='false'] > .fold {
    rotate: -90deg;
  }
  .line:dir(rtl)[aria-expanded='false'] > .fold {
    rotate: 90deg;
  }
  .tile {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 8px;
    background: var(--_tint);
    color: var(--_tint-ink);
    flex: none;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
  }
  .kind {
    display: flex;
    gap: 8px;
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
    color: var(--_tint-ink);
  }
  .order {
    font-weight: 500;
    color: var(--_muted);
  }
  .what {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
    text-align: start;
  }
  .what.unset {
    color: var(--_warning);
  }
  .line:has(.mark.error) .what.unset {
    color: var(--_danger);
  }
  .what.muted {
    color: var(--_muted);
  }
  .what .dot {
    display: inline-block;
    margin-inline-end: 6px;
  }
  .outcome {
    font-size: 12px;
    font-weight: 600;
    color: var(--_muted);
    white-space: nowrap;
  }
  .matched .outcome,
  .entered .outcome {
    color: var(--_accent);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 6px;
    background: var(--_warning-soft);
    color: var(--_warning);
    flex: none;
  }
  .mark.error {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .add {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_muted);
    flex: none;
  }
  .add:hover,
  .add[aria-expanded='true'] {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }
  .add.open {
    border: 1.5px dashed var(--_warning);
    color: var(--_warning);
  }
  .line:has(.mark.error) .add.open {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .add.open:hover {
    color: var(--_on-accent);
    border-style: solid;
  }
  @media (pointer: coarse) {
    .add {
      inline-size: 40px;
      block-size: 40px;
    }
    .line {
      min-block-size: 60px;
    }
  }
  @media (max-width: 600px) {
    .tree {
      padding: 12px 12px 96px;
    }
    .line {
      margin-inline-start: calc(min(var(--_level), 8) * 12px);
    }
  }
  @media (forced-colors: active) {
    .line.selected {
      outline: 3px solid Highlight;
    }
  }
`;
