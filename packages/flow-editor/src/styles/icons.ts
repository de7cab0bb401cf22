import { svg, type SVGTemplateResult } from 'lit';

/** Path data of the icons: 16 x 16 line drawings with a round 1.5 stroke in the current color. */
const drawings = {
  play: 'M5 3.2v9.6L12.6 8z',
  text: 'M2.5 4.5A1.5 1.5 0 0 1 4 3h8a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 12 11H7l-3 2.5V11a1.5 1.5 0 0 1-1.5-1.5zM5.5 6h5M5.5 8.2h3',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3l2 1.5',
  branch: 'M4.5 3v10M4.5 8h3a3 3 0 0 0 3-3V3.5M8.5 5.5l2-2 2 2',
  otherwise: 'M3 4.5h3.5a2 2 0 0 1 2 2v3a2 2 0 0 0 2 2H13M11 9.5l2 2-2 2',
  press:
    'M3 5.5A1.5 1.5 0 0 1 4.5 4h7A1.5 1.5 0 0 1 13 5.5v5a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 10.5zM6 8h4',
  tag: 'M2.5 7.3V3.5a1 1 0 0 1 1-1h3.8l6 6a1 1 0 0 1 0 1.4l-3.4 3.4a1 1 0 0 1-1.4 0zM5.4 5.4h.01',
  people:
    'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM2 13c0-2.2 1.8-3.7 4-3.7s4 1.5 4 3.7M11 4.2v4M9 6.2h4',
  send: 'M13.5 2.5 2.5 6.8l4.2 2 2.2 4.7zM6.7 8.8l3-3',
  webhook:
    'M6.3 6.8a2.7 2.7 0 1 1 3.6-.2l1.9 3.3M5.9 6.5l-1.8 3.3M4 9.6A2.1 2.1 0 1 0 6 12h5.3M10 10.4a2.1 2.1 0 1 1 .6 3.2',
  jump: 'M3 12.5V10a3.5 3.5 0 0 1 3.5-3.5H13M10 3.5l3 3-3 3',
  buttons: 'M2.5 3.5h11v3h-11zM2.5 9.5h5v3h-5zM10 9.5h3.5v3H10z',
  robot:
    'M4 6.5h8a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1zM8 6.5V3.5M6.5 3h3M6 9.5v.8M10 9.5v.8',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c0-2.5 2.2-4 5-4s5 1.5 5 4',
  plug: 'M6 2.5V5M10 2.5V5M4.5 5h7v2.5a3.5 3.5 0 0 1-7 0zM8 11v2.5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  undo: 'M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6a3.7 3.7 0 0 1 0 7.4H6.5',
  redo: 'M10.5 3l2.7 2.7-2.7 2.7M13 5.7H7a3.7 3.7 0 0 0 0 7.4h2.5',
  fit: 'M2.5 6V3.5a1 1 0 0 1 1-1H6M10 2.5h2.5a1 1 0 0 1 1 1V6M13.5 10v2.5a1 1 0 0 1-1 1H10M6 13.5H3.5a1 1 0 0 1-1-1V10',
  warning: 'M8 2.8 14 13H2zM8 6.5v3M8 11.3v.1',
  error: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5.2v3.6M8 10.8v.1',
  info: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 7.5v3.3M8 5.2v.1',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8a1 1 0 0 0 1 1h3.8a1 1 0 0 0 1-1l.6-8',
  copy: 'M5.5 5.5h7v7h-7zM10.5 5.5V3.5h-7v7h2',
  up: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  left: 'M9.5 4 5.5 8l4 4',
  right: 'M6.5 4l4 4-4 4',
  chevron: 'M4.5 6.5 8 10l3.5-3.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  canvas: 'M6 2.5h4v3H6zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM8 5.5V8M4.5 10.5V8h7v2.5',
  outline: 'M2.5 4h2M6.5 4h7M4.5 8h2M8.5 8h5M4.5 12h2M8.5 12h5',
  flask: 'M6.3 2.5h3.4M7 2.5v3.7l-3.6 6a.9.9 0 0 0 .8 1.3h7.6a.9.9 0 0 0 .8-1.3L9 6.2V2.5M5.2 10h5.6',
  map: 'M2.5 3.5h11v9h-11zM8 8h5.5v4.5H8z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6',
  image: 'M2.5 3.5h11v9h-11zM2.5 10.5l3-3 3 3 2-2 3 3M10.5 6h.01',
  note: 'M3 3h10v6.5L9.5 13H3zM9.5 13V9.5H13',
  drag: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  download: 'M8 2.5v7.5M5 7l3 3 3-3M3 13.5h10',
  upload: 'M8 10.5V3M5 6l3-3 3 3M3 13.5h10',
  draft: 'M9 2.5H4.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V6zM9 2.5V6h3.5M6 8.5h4M6 11h2.5',
  edit: 'M10.8 3 13 5.2 5.5 12.7l-2.8.6.6-2.8z',
  reload: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.7h-2.7',
  inbox: 'M2.5 9.5 4.5 3h7l2 6.5v3.5h-11zM2.5 9.5H6l1 1.5h2l1-1.5h3.5',
  globe:
    'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM2.5 8h11M8 2.5c2 1.6 2.5 3.5 2.5 5.5S10 11.9 8 13.5C6 11.9 5.5 10 5.5 8S6 4.1 8 2.5z',
  target: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof drawings;

/**
 * Renders a decorative icon, hidden from assistive technology: the control around it has the name. `size` is
 * in pixels, 16 by default.
 */
export function icon(name: IconName, size = 16): SVGTemplateResult {
  return svg`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor"
    stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${drawings[name]}></path></svg>`;
}

/** Returns the path data of an icon, for SVG that is built without a template. */
export function iconPath(name: IconName): string {
  return drawings[name];
}
