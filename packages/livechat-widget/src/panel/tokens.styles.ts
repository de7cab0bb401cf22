import { css } from 'lit';

/** Tokens and base styles of all parts of the panel. The launcher's root sets accent, surface and font. */
export const tokens = css`
  :host {
    --_text: var(--livechat-text, light-dark(#14171f, #f1f3f7));
    --_line: var(--livechat-line, light-dark(#1418281a, #ffffff21));
    --_muted: var(--livechat-muted, light-dark(#5c6472, #a2a9b8));
    --_raised: var(--livechat-bubble, light-dark(#f0f2f6, #252933));
    --_tint: color-mix(in oklab, var(--_accent) 9%, transparent);
    --_accent-text: light-dark(
      oklch(from var(--_accent) min(l, 0.52) c h),
      oklch(from var(--_accent) max(l, 0.78) min(c, 0.13) h)
    );
    --_danger: light-dark(#b3202f, #ff8f93);
    --_radius: var(--livechat-radius, 20px);
    color: var(--_text);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  svg {
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }
  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    :host,
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
