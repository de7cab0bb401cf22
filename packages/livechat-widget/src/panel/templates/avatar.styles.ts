import { css } from 'lit';

/** Styles of `avatar()`. `--_size` sets the size. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--_size, 28px);
    block-size: var(--_size, 28px);
    border-radius: 50%;
    overflow: hidden;
    background: color-mix(in oklab, var(--_accent) 16%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_rim);
    color: var(--_accent-text);
    font-size: calc(var(--_size, 28px) * 0.4);
    font-weight: 650;
    letter-spacing: 0.01em;
    user-select: none;
  }
  .avatar svg {
    inline-size: 58%;
    block-size: 58%;
    stroke-width: 1.8;
  }
  .avatar.ai {
    background: linear-gradient(
      140deg,
      color-mix(in oklab, var(--_accent) 78%, white),
      color-mix(in oklab, var(--_accent) 92%, black)
    );
    color: var(--_on-accent);
  }
  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
`;
