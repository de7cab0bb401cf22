import { css } from 'lit';

/**
 * Colors, sizes and durations of the editor. Set `--flow-*` properties on the element to change them. Light
 * and dark follow the element's `color-scheme`, by default the page's.
 *
 * @cssprop --flow-accent - Buttons, focus, selection.
 * @cssprop --flow-on-accent - Text on the accent.
 * @cssprop --flow-accent-soft - Background of the selection.
 * @cssprop --flow-canvas - Background of the canvas.
 * @cssprop --flow-grid - Dots of the canvas grid.
 * @cssprop --flow-edge - Lines between cards.
 * @cssprop --flow-surface - Bars and cards.
 * @cssprop --flow-raised - Menus and dialogs.
 * @cssprop --flow-sunken - Secondary areas.
 * @cssprop --flow-hover - Background on hover.
 * @cssprop --flow-line - Hairlines.
 * @cssprop --flow-line-strong - Outlines of buttons.
 * @cssprop --flow-field-line - Outlines of fields.
 * @cssprop --flow-text - Text.
 * @cssprop --flow-muted - Secondary text.
 * @cssprop --flow-danger - Errors.
 * @cssprop --flow-danger-soft - Background of errors.
 * @cssprop --flow-on-danger - Text on the error color.
 * @cssprop --flow-warning - Warnings.
 * @cssprop --flow-warning-soft - Background of warnings.
 * @cssprop --flow-success - Success.
 * @cssprop --flow-success-soft - Background of success.
 * @cssprop --flow-font - Font family.
 * @cssprop --flow-font-mono - Font family of ids and URLs.
 * @cssprop [--flow-radius=10px] - Corner radius.
 * @cssprop --flow-shadow-low - Shadow of cards.
 * @cssprop --flow-shadow-mid - Shadow of elements that float over the canvas.
 * @cssprop --flow-shadow-high - Shadow of menus and dialogs.
 */
export const tokens = css`
  :host {
    --_font: var(
      --flow-font,
      'Inter',
      ui-sans-serif,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      sans-serif
    );
    --_mono: var(--flow-font-mono, ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace);
    --_accent: var(--flow-accent, light-dark(#5457d6, #8f93ff));
    --_on-accent: var(--flow-on-accent, light-dark(#ffffff, #12132a));
    --_accent-soft: var(
      --flow-accent-soft,
      light-dark(
        color-mix(in srgb, var(--_accent) 9%, transparent),
        color-mix(in srgb, var(--_accent) 20%, transparent)
      )
    );
    --_canvas: var(--flow-canvas, light-dark(#f6f7f9, #0e1014));
    --_grid: var(--flow-grid, light-dark(#d5d9e1, #272c36));
    --_surface: var(--flow-surface, light-dark(#ffffff, #16191f));
    --_raised: var(--flow-raised, light-dark(#ffffff, #1c2028));
    --_sunken: var(--flow-sunken, light-dark(#f3f4f7, #111419));
    --_hover: var(--flow-hover, light-dark(#eff1f5, #232833));
    --_line: var(--flow-line, light-dark(#e3e6ec, #292e39));
    --_line-strong: var(--flow-line-strong, light-dark(#c9ced8, #3c4350));
    --_field-line: var(--flow-field-line, light-dark(#8b93a3, #6b7486));
    --_edge: var(--flow-edge, light-dark(#b1b8c5, #465062));
    --_text: var(--flow-text, light-dark(#15181e, #eceef3));
    --_muted: var(--flow-muted, light-dark(#565e6d, #a4acbb));
    --_danger: var(--flow-danger, light-dark(#c0262d, #ff8a8a));
    --_danger-soft: var(--flow-danger-soft, light-dark(#fdeceb, #3a1a1d));
    --_on-danger: var(--flow-on-danger, light-dark(#ffffff, #2b0c0e));
    --_warning: var(--flow-warning, light-dark(#8f5600, #f4bf58));
    --_warning-soft: var(--flow-warning-soft, light-dark(#fff3d9, #35290f));
    --_success: var(--flow-success, light-dark(#0b7040, #68d296));
    --_success-soft: var(--flow-success-soft, light-dark(#e4f6eb, #10291c));
    --_radius: var(--flow-radius, 10px);
    --_shadow-low: var(--flow-shadow-low, 0 1px 2px light-dark(rgb(16 24 40 / 7%), rgb(0 0 0 / 40%)));
    --_shadow-mid: var(
      --flow-shadow-mid,
      0 1px 2px light-dark(rgb(16 24 40 / 6%), rgb(0 0 0 / 40%)),
      0 4px 12px light-dark(rgb(16 24 40 / 8%), rgb(0 0 0 / 36%))
    );
    --_shadow-high: var(
      --flow-shadow-high,
      0 2px 6px light-dark(rgb(16 24 40 / 8%), rgb(0 0 0 / 40%)),
      0 16px 40px light-dark(rgb(16 24 40 / 16%), rgb(0 0 0 / 56%))
    );
    --_fast: 120ms;
    --_slow: 180ms;
    --_ease: cubic-bezier(0.2, 0, 0, 1);
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_fast: 0ms;
      --_slow: 0ms;
    }
  }
`;

/**
 * Four tints of cards. The class on an element sets the colors of its inner parts.
 *
 * @cssprop --flow-tint-start - Background of Start and Else cards.
 * @cssprop --flow-tint-start-line - Outlines of Start and Else cards.
 * @cssprop --flow-tint-start-ink - Icons and text of Start and Else cards.
 * @cssprop --flow-tint-condition - Background of condition cards.
 * @cssprop --flow-tint-condition-line - Outlines of condition cards.
 * @cssprop --flow-tint-condition-ink - Icons and text of condition cards.
 * @cssprop --flow-tint-action - Background of action cards.
 * @cssprop --flow-tint-action-line - Outlines of action cards.
 * @cssprop --flow-tint-action-ink - Icons and text of action cards.
 * @cssprop --flow-tint-end - Background of end cards.
 * @cssprop --flow-tint-end-line - Outlines of end cards.
 * @cssprop --flow-tint-end-ink - Icons and text of end cards.
 */
export const tints = css`
  .tint-neutral {
    --_tint: var(--flow-tint-start, light-dark(#eef0f4, #232831));
    --_tint-line: var(--flow-tint-start-line, light-dark(#d3d8e1, #3a4250));
    --_tint-ink: var(--flow-tint-start-ink, light-dark(#434c5c, #c2cad8));
  }
  .tint-condition {
    --_tint: var(--flow-tint-condition, light-dark(#fff3d4, #2f2510));
    --_tint-line: var(--flow-tint-condition-line, light-dark(#f0d596, #59451a));
    --_tint-ink: var(--flow-tint-condition-ink, light-dark(#835000, #f3c667));
  }
  .tint-action {
    --_tint: var(--flow-tint-action, light-dark(#e8f1ff, #14233d));
    --_tint-line: var(--flow-tint-action-line, light-dark(#bcd5fb, #28456f));
    --_tint-ink: var(--flow-tint-action-ink, light-dark(#1a56b8, #90bbff));
  }
  .tint-end {
    --_tint: var(--flow-tint-end, light-dark(#e1f6e9, #10291c));
    --_tint-line: var(--flow-tint-end-line, light-dark(#aadfc0, #215339));
    --_tint-ink: var(--flow-tint-end-ink, light-dark(#0a6a3b, #74d69e));
  }
`;
