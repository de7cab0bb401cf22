import { css } from 'lit';

/** Shared styles of the editor's elements: text, buttons, fields, chips and focus. */
export const controls = css`
  :host {
    box-sizing: border-box;
    font-family: var(--_font);
    font-size: 13px;
    line-height: 20px;
    font-weight: 400;
    color: var(--_text);
    letter-spacing: normal;
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  svg {
    display: block;
    flex: none;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
  }
  button:disabled {
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-inline-size: 32px;
    block-size: 32px;
    padding: 0 12px;
    border: 1px solid var(--_line-strong);
    border-radius: 7px;
    background: var(--_surface);
    color: var(--_text);
    font-weight: 500;
    white-space: nowrap;
    box-shadow: var(--_shadow-low);
    transition:
      background var(--_fast) var(--_ease),
      border-color var(--_fast) var(--_ease),
      color var(--_fast) var(--_ease);
  }
  .button:hover:not(:disabled) {
    background: var(--_hover);
  }
  .button:active:not(:disabled) {
    background: var(--_line);
  }
  .button:disabled {
    color: var(--_muted);
    opacity: 0.55;
    box-shadow: none;
  }
  .button.primary {
    background: var(--_accent);
    border-color: transparent;
    color: var(--_on-accent);
  }
  .button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--_accent) 88%, light-dark(#000, #fff));
  }
  .button.primary:active:not(:disabled) {
    background: color-mix(in srgb, var(--_accent) 78%, light-dark(#000, #fff));
  }
  .button.danger {
    background: var(--_danger);
    border-color: transparent;
    color: var(--_on-danger);
  }
  .button.danger:hover:not(:disabled) {
    background: color-mix(in srgb, var(--_danger) 88%, light-dark(#000, #fff));
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    box-shadow: none;
  }
  .button.quiet:hover:not(:disabled) {
    background: var(--_hover);
  }
  .button.icon {
    padding: 0;
    inline-size: 32px;
  }
  .button.small {
    block-size: 28px;
    min-inline-size: 28px;
    padding: 0 8px;
    font-size: 12px;
  }
  .button.small.icon {
    padding: 0;
    inline-size: 28px;
  }
  .button[aria-pressed='true'],
  .button[aria-expanded='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .field {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-inline-size: 0;
    border: 0;
    padding: 0;
    margin: 0;
  }
  .field > label,
  .field > .label,
  legend {
    padding: 0;
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
    color: var(--_text);
  }
  legend {
    margin-block-end: 6px;
  }
  .hint {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .hint code {
    font-family: var(--_mono);
    font-size: 11.5px;
  }
  .fault {
    display: flex;
    gap: 6px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_danger);
  }
  .fault.warning {
    color: var(--_warning);
  }
  .input {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 7px 10px;
    border: 1px solid var(--_field-line);
    border-radius: 7px;
    background: var(--_surface);
    transition:
      border-color var(--_fast) var(--_ease),
      box-shadow var(--_fast) var(--_ease);
  }
  textarea.input {
    min-block-size: 96px;
    line-height: 20px;
    resize: vertical;
    field-sizing: content;
    max-block-size: 320px;
  }
  select.input {
    appearance: none;
    padding-inline-end: 30px;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--_muted) 50%),
      linear-gradient(-45deg, transparent 50%, var(--_muted) 50%);
    background-position:
      right 15px center,
      right 10px center;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }
  select.input:dir(rtl) {
    background-position:
      left 10px center,
      left 15px center;
  }
  .input::placeholder {
    color: var(--_muted);
    opacity: 0.85;
  }
  .input:hover:not(:disabled) {
    border-color: var(--_muted);
  }
  .input:focus-visible,
  .input:focus-within:not(:disabled) {
    outline: none;
    border-color: var(--_accent);
    box-shadow: 0 0 0 3px var(--_accent-soft);
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .input:disabled,
  input.input:read-only {
    background: var(--_sunken);
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 24px;
    padding: 0 8px;
    border-radius: 6px;
    background: var(--_sunken);
    border: 1px solid var(--_line);
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
  }
  .chip > .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip.missing {
    background: var(--_danger-soft);
    border-color: transparent;
    color: var(--_danger);
  }
  .chip > button {
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    margin-inline-end: -6px;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: transparent;
    color: var(--_muted);
  }
  .chip > button:hover {
    background: var(--_line);
    color: var(--_text);
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    flex: none;
    background: var(--_line-strong);
  }
  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding: 0 5px;
    border: 1px solid var(--_line-strong);
    border-block-end-width: 2px;
    border-radius: 5px;
    background: var(--_surface);
    color: var(--_muted);
    font-family: var(--_font);
    font-size: 11px;
    line-height: 1;
    font-weight: 500;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
    padding: 0;
  }
  .switch {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: start;
    gap: 4px 16px;
  }
  .switch > input {
    appearance: none;
    grid-area: 1 / 2;
    inline-size: 36px;
    block-size: 20px;
    border-radius: 10px;
    background: var(--_field-line);
    cursor: pointer;
    position: relative;
    transition: background var(--_fast) var(--_ease);
  }
  .switch > input::after {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 2px rgb(0 0 0 / 30%);
    transition: inset-inline-start var(--_fast) var(--_ease);
  }
  .switch > input:checked {
    background: var(--_accent);
  }
  .switch > input:checked::after {
    inset-inline-start: 18px;
  }
  .switch > input:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .switch > label {
    font-weight: 600;
    font-size: 12px;
    line-height: 20px;
  }
  .switch > .hint {
    grid-column: 1 / -1;
  }

  @media (pointer: coarse) {
    .button {
      block-size: 40px;
      min-inline-size: 40px;
    }
    .button.icon {
      inline-size: 40px;
    }
    .button.small {
      block-size: 36px;
      min-inline-size: 36px;
    }
    .button.small.icon {
      inline-size: 36px;
    }
    .input {
      min-block-size: 44px;
      font-size: 16px;
    }
    .chip {
      min-block-size: 32px;
    }
    .chip > button {
      inline-size: 28px;
      block-size: 28px;
    }
  }
  @media (forced-colors: active) {
    .button,
    .chip,
    .switch > input {
      border: 1px solid ButtonText;
    }
    .button[aria-pressed='true'],
    .button[aria-pressed='true']:active:not(:disabled),
    .button[aria-pressed='true']:hover:not(:disabled),
    .switch > input:checked {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
