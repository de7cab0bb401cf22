import { css } from 'lit';

/** Styles of `<livechat-message-list>`. */
export const messageListStyles = css`
  :host {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 0;
    /* Laid out after the composer has the focus. */
    content-visibility: auto;
  }
  .log {
    flex: 1;
    overflow-x: hidden;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    padding: 12px 16px 16px;
    mask: linear-gradient(transparent, #000 12px);
    display: flex;
    flex-direction: column;
  }
  .log:focus-visible {
    outline-offset: -3px;
    border-radius: 12px;
  }
  .rows {
    display: flex;
    flex-direction: column;
    gap: 16px;
    margin-block-start: auto;
  }
  .rows:has(.greeting) {
    margin-block-end: auto;
  }
  .edge {
    flex: none;
    min-block-size: 1px;
  }
  p {
    margin: 0;
  }
  .edge p,
  .divider,
  .ended {
    color: var(--_muted);
    font-size: 0.8em;
    text-align: center;
  }
  .divider {
    margin-block: 4px -4px;
    font-weight: 600;
  }
  .divider.session {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .divider.session::before,
  .divider.session::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }
  .ended {
    padding: 12px 16px;
    border-radius: 14px;
    background: var(--_tint);
    font-size: 0.8667em;
    text-wrap: balance;
  }
  .greeting {
    display: grid;
    justify-items: center;
    gap: 16px;
    padding: 24px;
    text-align: center;
    --_size: 56px;
  }
  .greeting p {
    font-size: 1.3333em;
    font-weight: 620;
    line-height: 1.3;
    letter-spacing: -0.01em;
    white-space: pre-line;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .group {
    display: flex;
    align-items: flex-end;
    gap: 8px;
  }
  .group.mine {
    justify-content: flex-end;
  }
  .column {
    display: flex;
    flex-direction: column;
    gap: 3px;
    min-inline-size: 0;
    max-inline-size: min(84%, 460px);
  }
  .mine .column {
    align-items: flex-end;
  }
  .meta {
    display: flex;
    gap: 6px;
    margin-block-end: 1px;
    color: var(--_muted);
    font-size: 0.8em;
  }
  .meta b {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: inherit;
    gap: 6px;
    max-inline-size: 100%;
    animation: rise 0.18s var(--_ease);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  .theirs .message {
    align-items: flex-start;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 9px 14px;
    border-radius: 18px;
    background: var(--_raised);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-align: start;
    unicode-bidi: plaintext;
  }
  .mine .bubble {
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: inset 0 0 0 1px var(--_rim);
  }
  .theirs .message:last-child .bubble,
  .theirs > .bubble {
    border-end-start-radius: 6px;
  }
  .mine .message:last-child .bubble {
    border-end-end-radius: 6px;
  }
  .failed .bubble {
    background: color-mix(in oklab, var(--_danger) 12%, var(--_surface));
    color: var(--_text);
    box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_danger) 45%, transparent);
  }
  .bubble a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .theirs .bubble a {
    color: var(--_accent-text);
  }
  .picture img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 260px;
    min-block-size: 48px;
    border-radius: 16px;
    background: var(--_raised);
    object-fit: cover;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding-block-start: 2px;
  }
  .choices button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 40px;
    padding: 6px 16px;
    border: 1.5px solid color-mix(in oklab, var(--_accent-text) 55%, transparent);
    border-radius: 20px;
    color: var(--_accent-text);
    font-weight: 600;
    overflow-wrap: anywhere;
    transition:
      background 0.15s,
      transform 0.15s var(--_ease);
  }
  .choices button:hover {
    background: var(--_tint);
  }
  .choices button:active {
    transform: scale(0.97);
  }
  .choices button:disabled {
    border-color: var(--_line);
    background: none;
    color: var(--_muted);
    cursor: default;
    transform: none;
  }
  .choices button.chosen {
    border-color: transparent;
    background: var(--_tint);
    color: var(--_accent-text);
  }
  svg {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2.4;
  }
  .delivery {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 4px;
    color: var(--_muted);
    font-size: 0.8em;
  }
  .delivery svg {
    inline-size: 13px;
    block-size: 13px;
  }
  .failed .delivery {
    gap: 2px 16px;
    color: var(--_danger);
    text-align: end;
  }
  .delivery span {
    inline-size: 100%;
  }
  .delivery button {
    min-block-size: 24px;
    font-weight: 650;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .typing {
    display: flex;
    gap: 5px;
    padding-block: 14px;
  }
  .typing i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_muted);
    animation: breathe 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }
  .skeleton {
    display: grid;
    gap: 12px;
  }
  .skeleton i {
    block-size: 40px;
    inline-size: 62%;
    border-radius: 18px;
    background: var(--_raised);
    animation: breathe 1.2s infinite ease-in-out;
  }
  .skeleton i:nth-of-type(2) {
    inline-size: 46%;
    justify-self: end;
    background: var(--_tint);
  }
  .latest {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 36px;
    padding-block: 4px;
    padding-inline: 12px 16px;
    border-radius: 18px;
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_line),
      var(--_shadow);
    color: var(--_accent-text);
    font-size: 0.8667em;
    font-weight: 600;
    animation: rise 0.18s var(--_ease);
  }
  @media (forced-colors: active) {
    .bubble,
    .choices button,
    .latest {
      border: 1px solid CanvasText;
    }
    .choices button:disabled {
      border-color: GrayText;
      color: GrayText;
    }
    .choices button.chosen {
      border-color: Highlight;
    }
  }
`;
