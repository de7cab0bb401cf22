import { css } from 'lit';

/** Styles of the picker: chips in a box, and a floating list. */
export const pickerStyles = css`
  :host {
    display: block;
  }
  .box {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 5px;
    padding-inline-end: 30px;
    cursor: text;
  }
  .box > ul {
    display: contents;
  }
  .box input {
    flex: 1 1 100px;
    min-inline-size: 60px;
    min-block-size: 24px;
    padding: 0 5px;
    border: 0;
    background: transparent;
    outline: none;
    text-overflow: ellipsis;
  }
  /* A single choice is one line: the name, or the search text. */
  .single {
    flex-wrap: nowrap;
  }
  .single .chip {
    min-inline-size: 0;
  }
  .single:has(.chip) input {
    flex: 1 1 0;
    min-inline-size: 24px;
  }
  .single.typing .chip {
    display: none;
  }
  .box input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .arrow {
    position: absolute;
    inset-inline-end: 9px;
    inset-block-start: 9px;
    color: var(--_muted);
    pointer-events: none;
  }
  .drawing {
    color: var(--_tint-ink, var(--_muted));
  }
  .list {
    position: fixed;
    z-index: 30;
    inset-block-start: 0;
    left: 0;
    opacity: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
  }
  .option {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
    padding: 4px 8px;
    border-radius: 6px;
    cursor: pointer;
  }
  .option.active {
    background: var(--_hover);
  }
  .option[aria-selected='true'] {
    font-weight: 500;
  }
  .option .text {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .option > svg {
    color: var(--_accent);
  }
  .detail {
    font-size: 12px;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    max-inline-size: 50%;
  }
  .rest {
    padding: 6px 8px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .empty {
    padding: 12px 8px;
    color: var(--_muted);
    text-align: center;
  }
  @media (pointer: coarse) {
    .option {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .option.active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
