import { css } from 'lit';

/** Styles of `<livechat-menu>`, below the panel's header. */
export const menuStyles = css`
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
    unicode-bidi: plaintext;
    margin: 8px 10px 10px;
    font-size: 0.9333em;
  }
  button {
    display: block;
    inline-size: 100%;
    min-block-size: 40px;
    padding: 9px 12px;
    border-radius: 10px;
    font-size: 0.9333em;
  }
  button:hover {
    background: var(--_raised);
  }
  hr {
    margin: 6px 12px;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  [role='switch'] {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  i {
    position: relative;
    inline-size: 34px;
    block-size: 20px;
    border-radius: 10px;
    background: color-mix(in oklab, var(--_muted) 55%, var(--_surface));
    transition: background 0.15s;
  }
  i::after {
    content: '';
    position: absolute;
    inset: 2px auto 2px 2px;
    inset-inline: 2px auto;
    inline-size: 16px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 2px rgb(10 14 30 / 0.3);
    transition: inset-inline-start 0.15s var(--_ease);
  }
  [aria-checked='true'] i {
    background: var(--_accent);
  }
  [aria-checked='true'] i::after {
    inset-inline-start: 16px;
  }
  .danger-text {
    color: var(--_danger);
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
    :host,
    i,
    i::after {
      border: 1px solid CanvasText;
    }
  }
`;
