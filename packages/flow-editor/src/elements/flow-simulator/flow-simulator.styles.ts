import { css } from 'lit';

/** Styles of the simulator: settings, the conversation with its reasons, the composer. */
export const simulatorStyles = css`
  :host {
    container-type: size;
  }
  .settings {
    position: sticky;
    inset-block-start: -16px;
    z-index: 1;
    margin: -16px -16px 0;
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 12px 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_sunken);
  }
  /* On a small sheet the settings scroll too, to leave space for the conversation. */
  @container (max-height: 560px) {
    .settings {
      position: static;
    }
  }
  .pair {
    display: grid;
    grid-template-columns: 1.5fr 1fr;
    gap: 10px;
  }
  .settings .input {
    min-block-size: 32px;
    padding-block: 5px;
    font-size: 12px;
  }
  .settings .field {
    gap: 4px;
  }
  .with-reset {
    display: flex;
    gap: 6px;
  }
  .with-reset .input {
    min-inline-size: 0;
  }
  .with-reset .button {
    block-size: 32px;
    padding-inline: 10px;
    flex: none;
  }
  /* Space between the end of the conversation and the composer. */
  .log > li:last-child {
    scroll-margin-block-end: 16px;
  }
  .intro {
    padding: 24px 8px;
    text-align: center;
    color: var(--_muted);
  }
  .log,
  .log > li {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .log {
    gap: 16px;
  }
  .bubble {
    max-inline-size: 84%;
    padding: 8px 12px;
    border-radius: 14px;
  }
  .said {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .bubble.visitor {
    align-self: end;
    background: var(--_accent);
    color: var(--_on-accent);
    border-end-end-radius: 4px;
  }
  .bubble.bot {
    align-self: start;
    background: var(--_sunken);
    border: 1px solid var(--_line);
    border-end-start-radius: 4px;
  }
  .picture {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--_muted);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .effect {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .divider {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    text-align: center;
  }
  .divider.unfinished,
  .divider.loop {
    color: var(--_danger);
  }
  .why {
    border: 1px solid var(--_line);
    border-radius: 10px;
    overflow: hidden;
  }
  summary {
    padding: 6px 10px;
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
    color: var(--_muted);
    cursor: pointer;
  }
  .why ul {
    border-block-start: 1px solid var(--_line);
  }
  .asked {
    display: flex;
    gap: 8px;
    inline-size: 100%;
    padding: 6px 10px;
    border: 0;
    background: none;
    text-align: start;
  }
  .asked:hover {
    background: var(--_hover);
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 2px;
    border-radius: 50%;
    background: var(--_line);
    color: var(--_muted);
    flex: none;
  }
  .matched .sign {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .asked .text {
    min-inline-size: 0;
    display: grid;
  }
  .asked b {
    font-size: 12px;
    line-height: 18px;
    font-weight: 500;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .asked small {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .asked.not-asked b {
    color: var(--_muted);
  }
  .composer {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_line);
  }
  .composer .input {
    flex: 1;
    min-inline-size: 0;
  }
  .composer .icon {
    block-size: 36px;
    inline-size: 36px;
  }
  .resolve {
    flex: 1 0 100%;
  }
`;
