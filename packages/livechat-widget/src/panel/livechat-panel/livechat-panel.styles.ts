import { css } from 'lit';

/** Styles of `<livechat-panel>`. */
export const livechatPanelStyles = css`
  :host {
    position: absolute;
    /* Above the launcher, or above a keyboard that covers it. */
    --_bottom: max(72px, calc(var(--_keyboard, 0px) + 12px - var(--_edge-block)));
    inset-block-end: var(--_bottom);
    inset-inline-end: 0;
    font-size: 0.9375em;
    inline-size: min(var(--livechat-width, max(400px, 26em)), calc(100vw - 2 * var(--_edge-inline)));
    block-size: min(
      var(--livechat-height, 680px),
      calc(100dvh - var(--_bottom) - var(--_edge-block) - min(var(--_edge-block), 20px))
    );
    opacity: 1;
    transition:
      opacity 0.16s,
      transform 0.2s var(--_ease),
      display 0.2s allow-discrete;
  }
  :host([at-start]) {
    inset-inline: 0 auto;
  }
  :host(:not([open])) {
    display: none;
    opacity: 0;
    transform: translateY(12px) scale(0.97);
  }
  @starting-style {
    :host([open]) {
      opacity: 0;
      transform: translateY(12px) scale(0.97);
    }
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    border-radius: var(--_radius);
    background:
      linear-gradient(color-mix(in oklab, var(--_accent) 12%, transparent), transparent 200px),
      var(--_surface);
    box-shadow:
      0 0 0 1px var(--_line),
      var(--_shadow);
  }
  .header {
    position: relative;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 12px;
    padding-block: 16px 12px;
    padding-inline: 20px 12px;
    /* One finger does not scroll; two fingers can zoom. */
    touch-action: pinch-zoom;
    --_size: 40px;
  }
  /* As in the list: text layout happens in the frame, not in the task that focuses the composer. */
  .names {
    flex: 1;
    min-inline-size: 0;
    content-visibility: auto;
  }
  /* Lines align like the header; each text keeps its own direction. */
  h2,
  .names p {
    margin: 0;
    min-block-size: 1lh;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: start;
  }
  h2 {
    font-size: 1.1333em;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .names p {
    color: var(--_muted);
    font-size: 0.8667em;
  }
  .header > button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    color: var(--_muted);
    transition: background 0.15s;
  }
  .header > button + button {
    margin-inline-start: -12px;
  }
  .header > button:hover {
    background: var(--_tint);
    color: var(--_text);
  }
  .header > button:first-of-type svg {
    stroke-width: 3.2;
  }
  .notice > div {
    margin: 0 16px 8px;
    padding: 12px 16px;
    border-radius: 16px;
    background: light-dark(#fdf3dc, #3a3018);
    color: light-dark(#5c4508, #f5dfa6);
    font-size: 0.9em;
    unicode-bidi: plaintext;
  }
  .notice.refused {
    order: 1;
    padding-block-end: 8px;
  }
  .notice.refused > div {
    background: var(--_raised);
    color: inherit;
  }
  .refused .ways {
    justify-content: center;
  }
  .refused p:empty + .ways {
    margin: 0;
  }
  .notice p {
    margin: 0;
  }
  .ways:has(*) {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 8px;
  }
  .ways > * {
    padding: 5px 12px;
    border-radius: 10px;
    background: color-mix(in oklab, currentColor 10%, transparent);
    color: inherit;
    font-weight: 600;
    text-decoration: none;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  @media (max-width: 480px), (max-height: 440px) {
    :host {
      position: fixed;
      inset: var(--_view-top, 0) 0 auto;
      inline-size: 100%;
      block-size: var(--_view-height, 100dvh);
    }
    .panel {
      border-radius: 0;
      box-shadow: none;
      padding-block: env(safe-area-inset-top) env(safe-area-inset-bottom);
      padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
    }
  }
  @media (forced-colors: active) {
    .panel,
    .notice > div,
    .ways > * {
      border: 1px solid CanvasText;
    }
  }
`;
