import { css } from 'lit';

/** Styles of the confirmation dialog. */
export const confirmDialogStyles = css`
  dialog {
    inline-size: min(420px, calc(100vw - 32px));
  }
  dialog h2 {
    margin-block-end: 8px;
  }
  dialog p + p {
    margin-block-start: 8px;
  }
  dialog .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }
`;
