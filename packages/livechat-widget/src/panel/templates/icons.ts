import { html, type TemplateResult } from 'lit';

/** Renders an icon from a path on a grid of 24. */
function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

export const closeIcon = icon('M6 6l12 12M18 6L6 18');
export const menuIcon = icon('M5.5 12h.01M12 12h.01M18.5 12h.01');
export const sendIcon = icon('M12 19V5.5M6 11.5l6-6 6 6');
export const downIcon = icon('M12 5v13M6 12.5l6 6 6-6');
export const checkIcon = icon('M5.5 12.5l4.5 4.5 8.5-10');
export const clockIcon = icon('M12 7.5V12l3 2M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 1 1 17 0');
export const sparkIcon = icon('M12 4l1.9 5.1 5.1 1.9-5.1 1.9-1.9 5.1-1.9-5.1-5.1-1.9 5.1-1.9Z');
