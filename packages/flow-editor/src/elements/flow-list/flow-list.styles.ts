import { css } from 'lit';

/** Styles of the flow list: header, rows with a menu each, one dialog. */
export const listStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  header {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 12px;
    min-block-size: 36px;
    margin-block-end: 16px;
  }
  header h2 {
    flex: 1;
    font-size: 20px;
    line-height: 28px;
    font-weight: 600;
    letter-spacing: -0.015em;
  }
  .makers {
    display: flex;
    gap: 8px;
  }
  .import {
    position: relative;
    cursor: pointer;
  }
  .import:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .search {
    position: relative;
    inline-size: 220px;
  }
  .search svg {
    position: absolute;
    inset-inline-start: 9px;
    inset-block-start: 9px;
    color: var(--_muted);
  }
  .search .input {
    min-block-size: 32px;
    padding-block: 5px;
    padding-inline-start: 32px;
  }
  .rows {
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: var(--_shadow-low);
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 104px 32px;
    align-items: center;
    gap: 16px;
    padding-inline-end: 12px;
  }
  .row + .row {
    border-block-start: 1px solid var(--_line);
  }
  .row:first-child {
    border-start-start-radius: 11px;
    border-start-end-radius: 11px;
  }
  .row:last-child {
    border-end-start-radius: 11px;
    border-end-end-radius: 11px;
  }
  .row:hover {
    background: var(--_sunken);
  }
  .open {
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
    padding: 12px 0 12px 16px;
    border: 0;
    background: none;
    text-align: start;
    border-radius: 10px;
  }
  .open:focus-visible {
    outline-offset: -3px;
  }
  .tile {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 9px;
    background: var(--_accent-soft);
    color: var(--_accent);
    flex: none;
  }
  .words {
    min-inline-size: 0;
    display: grid;
    gap: 2px;
  }
  .name {
    font-size: 14px;
    font-weight: 500;
  }
  .name,
  .words .hint {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
    text-align: start;
  }
  .states {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    justify-content: flex-end;
  }
  .state {
    padding: 2px 8px;
    border-radius: 6px;
    background: var(--_sunken);
    border: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .state.live {
    background: var(--_success-soft);
    border-color: transparent;
    color: var(--_success);
  }
  .state.draft {
    background: var(--_warning-soft);
    border-color: transparent;
    color: var(--_warning);
  }
  .state.bad {
    background: var(--_danger-soft);
    border-color: transparent;
    color: var(--_danger);
  }
  .when {
    text-align: end;
    white-space: nowrap;
  }
  .more {
    position: relative;
  }
  .menu {
    position: absolute;
    z-index: 5;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    min-inline-size: 184px;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 34px;
    padding: 0 10px;
    border: 0;
    border-radius: 6px;
    background: none;
    text-align: start;
    white-space: nowrap;
  }
  .menu button:hover,
  .menu button:focus {
    background: var(--_hover);
    outline: none;
  }
  .menu .danger {
    color: var(--_danger);
  }
  .message {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 56px 24px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    text-align: center;
    color: var(--_muted);
  }
  .message p {
    max-inline-size: 44ch;
  }
  .message strong {
    font-size: 16px;
    font-weight: 600;
    color: var(--_text);
  }
  .message .tile {
    inline-size: 56px;
    block-size: 56px;
    border-radius: 14px;
  }
  .strip {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block-end: 12px;
    padding: 8px 12px;
    border-radius: 10px;
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .strip > .what {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    color: var(--_text);
  }
  .strip li {
    margin-block-start: 2px;
    font-size: 12px;
    line-height: 16px;
  }
  .strip.good {
    background: var(--_success-soft);
    color: var(--_success);
  }
  .ghost {
    grid-template-columns: 36px 1fr;
    padding: 14px 16px;
  }
  .ghost span {
    block-size: 32px;
    border-radius: 8px;
    background: var(--_sunken);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .ghost span:last-child {
    block-size: 14px;
    max-inline-size: 40%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  dialog {
    inline-size: min(440px, calc(100vw - 32px));
  }
  dialog h2 {
    margin-block-end: 16px;
  }
  dialog .used {
    margin-block: 12px 8px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  dialog .fault {
    margin-block-start: 8px;
  }
  dialog .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }
  @container (max-width: 640px) {
    .row {
      grid-template-columns: minmax(0, 1fr) 40px;
      gap: 0 8px;
      padding-block-end: 10px;
    }
    .states {
      grid-row: 2;
      grid-column: 1;
      justify-content: flex-start;
      padding-inline-start: 64px;
    }
    .when {
      display: none;
    }
    .more {
      grid-row: 1;
      grid-column: 2;
    }
    .search {
      order: 3;
      inline-size: 100%;
    }
  }
  @media (pointer: coarse) {
    .menu button {
      min-block-size: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .ghost span {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .menu button:focus {
      outline: 2px solid Highlight;
    }
  }
`;
