import { css } from 'lit';

/** Styles of the notice about the last save. */
export const saveNoticeStyles = css`
  :host {
    display: block;
    position: relative;
    z-index: 2;
  }
  .strip {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 12px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_accent-soft);
  }
  .strip > p {
    flex: 1 1 260px;
  }
  .strip > p strong {
    font-weight: 600;
  }
  .strip .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .strip.warning {
    background: var(--_warning-soft);
  }
  .strip.warning > svg {
    color: var(--_warning);
  }
  .strip.error {
    background: var(--_danger-soft);
  }
  .strip.error > svg {
    color: var(--_danger);
  }
`;
