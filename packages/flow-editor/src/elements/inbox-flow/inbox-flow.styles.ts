import { css } from 'lit';

/** Styles of the flow selection of an inbox. */
export const inboxStyles = css`
  :host {
    display: block;
  }
  .box {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 20px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: var(--_shadow-low);
  }
  .now {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .now > span:last-child {
    display: grid;
    min-inline-size: 0;
  }
  .now strong {
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .tile {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 9px;
    background: var(--_sunken);
    color: var(--_muted);
    flex: none;
  }
  .live .tile {
    background: var(--_success-soft);
    color: var(--_success);
  }
  .choose {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .choose select {
    flex: 1 1 200px;
    /* Ignore the width of the longest option, which can be wider than a phone. */
    inline-size: 0;
    min-inline-size: 0;
    text-overflow: ellipsis;
  }
  .choose .button {
    block-size: 36px;
  }
  .warnings {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 12px;
    border-radius: 8px;
    background: var(--_warning-soft);
    font-size: 12px;
    line-height: 16px;
  }
  .warnings p {
    display: flex;
    gap: 8px;
  }
  .warnings svg {
    color: var(--_warning);
  }
  .warnings ul {
    list-style: disc;
    padding-inline-start: 40px;
  }
  .answer {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_success);
  }
  .answer.bad {
    color: var(--_danger);
  }
  .ghost {
    block-size: 36px;
    border-radius: 8px;
    background: var(--_sunken);
  }
  @media (pointer: coarse) {
    .choose .button {
      block-size: 44px;
    }
  }
`;
