import { css } from 'lit';

/**
 * Shared styles of the dialogs of the editor and the flow list. Each dialog sets its own width and spacing.
 */
export const dialogStyles = css`
  dialog {
    padding: 24px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow-high);
  }
  dialog::backdrop {
    background: rgb(10 14 22 / 40%);
  }
  dialog h2 {
    font-size: 16px;
    line-height: 24px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
`;
