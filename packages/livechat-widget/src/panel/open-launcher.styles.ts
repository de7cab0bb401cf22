import { css } from 'lit';

/** Styles of the launcher's animation, open state and badge. Added to the launcher's own styles. */
export const openLauncherStyles = css`
  .open .badge,
  .badge:empty {
    display: none;
  }
  .launcher {
    transition: transform 0.2s var(--_ease);
  }
  .launcher * {
    transition: 0.2s var(--_ease);
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher,
    .launcher * {
      transition: none;
    }
  }
  .launcher i svg {
    display: block;
    fill: none;
  }
  .launcher i {
    position: absolute;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .open .launcher slot,
  .launcher i {
    opacity: 0;
    transform: rotate(-60deg) scale(0.6);
  }
  .open .launcher i {
    opacity: 1;
    transform: none;
  }
  .root.open .launcher {
    padding: 0;
    font-size: 0;
    gap: 0;
  }
  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    box-sizing: border-box;
    min-inline-size: 22px;
    padding-inline: 5px;
    border: 2px solid var(--_surface);
    border-radius: 11px;
    background: #d42a3c;
    color: #fff;
    font: 700 12px/18px var(--_font);
    text-align: center;
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid;
    }
  }
  @media (max-width: 480px), (max-height: 440px) {
    .open .launcher {
      visibility: hidden;
    }
  }
`;
