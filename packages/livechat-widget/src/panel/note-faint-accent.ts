/**
 * Contrast below which a bubble in the accent is hard to distinguish from the panel. The styles add an
 * outline at about the same contrast.
 */
const FAINT = 1.4;

/** Returns the contrast of two colours (WCAG 2.2), each as red, green and blue from 0 to 1. */
export function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(color: readonly number[]): number {
  const [red, green, blue] = color.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** Accents that were reported. */
const noted = new Set<string>();

/** Warns once on the console if the accent is hard to distinguish from the surface of `panel`. */
export function noteFaintAccent(panel: HTMLElement): void {
  const { style } = panel;
  const [accent, surface] = ['--_accent', '--_surface'].map((name) => {
    // `color-mix` with itself serializes any colour as three numbers. `outline-color` is not inherited.
    style.outlineColor = `color-mix(in srgb, var(${name}), var(${name}))`;
    const parts = getComputedStyle(panel).outlineColor.match(/[\d.]+(e-\d+)?/g) ?? [];
    return parts.slice(0, 3).map(Number);
  });
  style.outlineColor = '';
  const contrast = contrastOf(accent!, surface!);
  const key = `${accent} ${surface}`;
  if (!(contrast < FAINT) || noted.has(key)) return;
  noted.add(key);
  console.warn(
    `<livechat-widget> The accent has low contrast with the panel (${contrast.toFixed(2)}:1). The widget adds an outline. Use a stronger color.`,
  );
}
