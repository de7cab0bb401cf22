import { css } from 'lit';

/** Styles of the card menu. */
export const cardMenuStyles = css`
  :host {
    position: fixed;
    z-index: 20;
    inset-block-start: 0;
    left: 0;
    /* Transparent until it is positioned. A hidden element cannot be focused. */
    opacity: 0;
    display: flex;
    flex-direction: column;
    min-inline-size: 232px;
    padding: 4px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
  }
  button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 24px;
    min-block-size: 32px;
    padding: 0 8px;
    border: 0;
    border-radius: 6px;
    background: none;
    text-align: start;
    flex: none;
  }
  button:hover,
  button:focus {
    background: var(--_hover);
    outline-offset: -2px;
  }
  button.danger {
    color: var(--_danger);
  }
  @media (pointer: coarse) {
    button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    :host {
      border-color: CanvasText;
    }
  }
`;
