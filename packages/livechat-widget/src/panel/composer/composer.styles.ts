import { css } from 'lit';

/** Styles of `<livechat-composer>`. */
export const composerStyles = css`
  :host {
    display: block;
    padding: 4px 12px 12px;
    touch-action: pinch-zoom;
  }
  .composer {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    /* Not the field's direction: that follows its text. */
    padding-inline-start: 14px;
    border-radius: 26px;
    background: var(--_raised);
    box-shadow: inset 0 0 0 1px var(--_line);
    transition: box-shadow 0.15s;
  }
  .composer:focus-within {
    box-shadow: inset 0 0 0 2px var(--_accent-text);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 168px;
    margin: 0;
    padding: 10px 4px;
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    /* Below 16 px iOS zooms into the field. */
    font: inherit;
    font-size: max(16px, calc(1em * 16 / 15));
    line-height: 1.4;
    resize: none;
    overscroll-behavior: contain;
    /* Long text scrolls; short text does not move the page. */
    touch-action: pan-y pinch-zoom;
    scrollbar-width: thin;
    overflow-wrap: anywhere;
  }
  textarea:focus-visible {
    outline: 0;
  }
  /* Without strong characters the text aligns like the page. */
  textarea:placeholder-shown {
    direction: inherit;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    margin: 1px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: inset 0 0 0 1px var(--_rim);
    transition:
      transform 0.15s var(--_ease),
      opacity 0.15s,
      background 0.15s;
  }
  button:hover {
    transform: scale(1.05);
  }
  button:active {
    transform: scale(0.94);
  }
  button:disabled {
    background: none;
    box-shadow: none;
    color: var(--_muted);
    opacity: 0.7;
    cursor: default;
    transform: none;
  }
  p {
    margin: 6px 14px 0;
    color: var(--_muted);
    font-size: 0.8em;
    text-align: end;
  }
  .over {
    color: var(--_danger);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .composer,
    button {
      border: 1px solid ButtonText;
    }
    .composer:focus-within {
      outline: 2px solid;
    }
  }
`;
