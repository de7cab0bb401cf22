/** Looks of `<livechat-menu>`, which hangs from the panel's header. */
export const menuStyles = `
  :host {
    position: absolute;
    inset-block-start: calc(100% - 8px);
    inset-inline-end: 16px;
    inline-size: 260px;
    padding: 6px;
    border-radius: 14px;
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_line),
      0 8px 32px rgb(10 14 30 / 0.2);
    animation: drop 0.15s var(--_ease);
  }
  @keyframes drop {
    from {
      opacity: 0;
      transform: translateY(-6px);
    }
  }
  p {
    margin: 8px 10px 10px;
    font-size: 14px;
  }
  button {
    display: block;
    inline-size: 100%;
    min-block-size: 40px;
    padding: 9px 12px;
    border-radius: 10px;
    font-size: 14px;
  }
  button:hover {
    background: var(--_raised);
  }
  .answers {
    display: flex;
    gap: 6px;
    text-align: center;
    font-weight: 600;
  }
  .answers button {
    background: var(--_raised);
  }
  .answers .danger {
    background: var(--_danger);
    color: var(--_surface);
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
  }
`;
