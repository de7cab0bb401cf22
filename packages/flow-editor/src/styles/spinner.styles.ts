import { css } from 'lit';

/** Shared styles of the indicator of work in progress. */
export const spinnerStyles = css`
  .spinner {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }
`;
