import { css } from 'lit';

/** Styles of `<livechat-consent>`, between the messages and the composer. */
export const consentCardStyles = css`
  :host {
    display: block;
    margin: 0 16px 4px;
    animation: rise 0.2s var(--_ease);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .card {
    padding: 16px;
    border-radius: 16px;
    background: var(--_raised);
    outline: none;
  }
  h3,
  p {
    margin: 0;
  }
  h3 {
    font-size: 1em;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  p + p,
  h3 + p {
    margin-block-start: 4px;
  }
  p {
    font-size: 0.9em;
    line-height: 1.5;
  }
  h3 + p {
    color: var(--_muted);
  }
  a,
  p {
    unicode-bidi: plaintext;
  }
  a {
    color: var(--_accent-text);
    font-weight: 600;
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 14px;
  }
  button {
    flex: 1 0 auto;
    min-block-size: 40px;
    padding: 9px 16px;
    border-radius: 12px;
    text-align: center;
    font-size: 0.9333em;
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  button:hover {
    background: var(--_tint);
  }
  .agree {
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: none;
  }
  .agree:hover {
    background: color-mix(in oklab, var(--_accent) 88%, black);
  }
  @media (forced-colors: active) {
    .card,
    button {
      border: 1px solid CanvasText;
    }
  }
`;
