import { css } from 'lit';

/** Styles of the state text beside the name. */
export const saveStateStyles = css`
  .state {
    flex: 0 4 auto;
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    color: var(--_muted);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .state::before {
    content: '';
    display: inline-block;
    margin-inline-end: 6px;
    vertical-align: 1px;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .state.live {
    color: var(--_success);
  }
  .state.dirty {
    color: var(--_warning);
  }
  .state.bad {
    color: var(--_danger);
  }
  .state.busy {
    color: var(--_accent);
  }
`;
