import { css } from 'lit';

/** Styles of the inspector: a header, and a scrolling column of fields. */
export const inspectorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
    background: var(--_surface);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 12px 12px 16px;
    border-block-end: 1px solid var(--_line);
  }
  .tile {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 8px;
    background: var(--_tint);
    color: var(--_tint-ink);
  }
  h2 {
    flex: 1;
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h3 {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    display: flex;
    flex-direction: column;
    gap: 24px;
    padding: 16px;
    /* A keyword can be one long word. */
    overflow-wrap: anywhere;
  }
  .fields {
    display: flex;
    flex-direction: column;
    gap: 20px;
  }
  .fields > .button {
    align-self: start;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .pair + .hint {
    margin-block-start: -12px;
  }
  .windows {
    display: flex;
    flex-direction: column;
    gap: 20px;
  }
  .window {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 16px;
    min-inline-size: 0;
    margin: 0;
    padding: 36px 12px 12px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_sunken);
  }
  .window + .window {
    margin-block-start: -8px;
  }
  .window > legend {
    position: absolute;
    inset-block-start: 10px;
    inset-inline-start: 12px;
    padding: 0;
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
  }
  .window > .remove {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
  }
  .add-window {
    align-self: start;
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }
  .prose {
    color: var(--_text);
  }
  .count {
    align-self: end;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    /* "4 / 20" reads from left to right in every language. */
    direction: ltr;
    unicode-bidi: isolate;
  }
  .count.over {
    color: var(--_danger);
    font-weight: 600;
  }
  .templates {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
  }
  .templates > .hint {
    flex: 1 0 100%;
  }
  .below {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .template {
    padding: 2px 6px;
    border: 1px solid var(--_line);
    border-radius: 5px;
    background: var(--_sunken);
    font-family: var(--_mono);
    font-size: 11px;
    line-height: 16px;
  }
  .template:hover {
    border-color: var(--_line-strong);
    background: var(--_hover);
  }
  .days {
    display: grid;
    grid-template-columns: repeat(7, 1fr);
    gap: 4px;
  }
  .day {
    min-block-size: 32px;
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: 7px;
    background: var(--_surface);
    font-size: 12px;
    font-weight: 500;
    color: var(--_muted);
  }
  .day:hover:not(:disabled) {
    background: var(--_hover);
  }
  .day[aria-pressed='true'] {
    background: var(--_accent-soft);
    border-color: var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }
  .presets {
    display: flex;
    gap: 12px;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
  }
  .link:hover {
    text-decoration: underline;
  }
  .members {
    display: flex;
    flex-direction: column;
    gap: 6px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_line);
  }
  .members ul {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .buttons {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .buttons ol {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .buttons li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 2px;
  }
  .buttons .number {
    inline-size: 18px;
    font-size: 12px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .buttons .input {
    flex: 1;
    min-inline-size: 0;
  }
  .buttons .count {
    flex: none;
    align-self: center;
    min-inline-size: 48px;
    text-align: center;
  }
  .buttons > .button {
    align-self: start;
  }
  .order,
  .reading,
  .team {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding-block-start: 20px;
    border-block-start: 1px solid var(--_line);
  }
  .order .row {
    display: flex;
    gap: 8px;
  }
  .team {
    gap: 16px;
  }
  .reading {
    gap: 4px;
  }
  textarea.short {
    min-block-size: 64px;
  }
  .loose {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .notice {
    display: flex;
    gap: 8px;
    padding: 8px 10px;
    border-radius: 8px;
    font-size: 12px;
    line-height: 16px;
    background: var(--_warning-soft);
    color: var(--_warning);
  }
  .notice.error {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  @media (pointer: coarse) {
    .day {
      min-block-size: 44px;
    }
    .template {
      padding-block: 8px;
    }
  }
  @media (forced-colors: active) {
    .day[aria-pressed='true'],
    .day[aria-pressed='true']:hover:not(:disabled) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
