import { css } from 'lit';

/**
 * Styles of the editor frame: header, canvas or outline, side panel or bottom sheet, and floating elements.
 */
export const editorStyles = css`
  :host {
    display: block;
    position: relative;
    block-size: 100%;
    min-block-size: 320px;
    /* With "hidden" the browser would scroll it when an element in a sliding panel gets the focus. */
    overflow: clip;
    background: var(--_canvas);
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .work {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .main {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .main > * {
    position: absolute;
    inset: 0;
  }
  .panel {
    inline-size: 360px;
    max-inline-size: 50%;
    min-block-size: 0;
    border-inline-start: 1px solid var(--_line);
    background: var(--_surface);
    animation: slide var(--_slow) var(--_ease);
  }
  /* The panel has the focus only while its field loads. */
  .panel:focus-visible {
    outline: none;
  }
  @keyframes slide {
    from {
      translate: 24px 0;
      opacity: 0;
    }
  }
  .narrow .panel {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: auto;
    max-inline-size: none;
    block-size: min(72%, 560px);
    border-inline-start: 0;
    border-block-start: 1px solid var(--_line);
    border-start-start-radius: 16px;
    border-start-end-radius: 16px;
    box-shadow: var(--_shadow-high);
    overflow: hidden;
    z-index: 4;
    animation-name: rise;
  }
  @keyframes rise {
    from {
      translate: 0 40px;
      opacity: 0;
    }
  }
  /* Keep the selected card visible above the sheet. */
  .narrow .work:has(> .panel) > .main {
    align-self: start;
    block-size: calc(100% - min(72%, 560px) + 16px);
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    block-size: 100%;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
  }
  .empty strong {
    font-size: 14px;
    font-weight: 600;
    color: var(--_text);
  }
  .explanation {
    position: absolute;
    z-index: 15;
    inset-block-end: 20px;
    inset-inline: 16px;
    inline-size: fit-content;
    max-inline-size: min(480px, calc(100% - 32px));
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 14px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    animation: rise var(--_fast) var(--_ease);
    pointer-events: none;
  }
  .explanation svg {
    flex: none;
    color: var(--_muted);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .explanation {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .panel,
    .explanation {
      border-color: CanvasText;
    }
  }
`;
