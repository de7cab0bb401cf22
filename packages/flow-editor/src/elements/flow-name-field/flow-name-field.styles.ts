import { css } from 'lit';

/** Styles of the name field. The container is the toolbar. */
export const nameFieldStyles = css`
  /* The name and the state are items of the toolbar's flex box. */
  :host {
    display: contents;
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
  @container (width < 1400px) {
    .name {
      margin-inline-start: -7px;
      margin-block: -4px -1px;
    }
  }
  :host([narrow]) .name {
    margin-block: 0;
  }
`;
