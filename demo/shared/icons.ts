import { svg, type SVGTemplateResult } from 'lit';

/** One 16 x 16 line drawing for each name, drawn with a round 1.5 stroke in the current colour. */
const DRAWINGS = {
  flow: 'M6 2.5h4v3H6zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM8 5.5V8M4.5 10.5V8h7v2.5',
  inbox:
    'M2.5 9.5 4.3 3.4a1 1 0 0 1 1-.7h5.4a1 1 0 0 1 1 .7l1.8 6.1v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM2.5 9.5H6l.8 1.5h2.4l.8-1.5h3.5',
  robot:
    'M4 6.5h8a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1zM8 6.5V3.5M6.5 3h3M6 9.5v.8M10 9.5v.8',
  tag: 'M2.5 7.3V3.5a1 1 0 0 1 1-1h3.8l6 6a1 1 0 0 1 0 1.4l-3.4 3.4a1 1 0 0 1-1.4 0zM5.4 5.4h.01',
  people:
    'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM2 13c0-2.2 1.8-3.7 4-3.7s4 1.5 4 3.7M10.5 3.4a2.2 2.2 0 0 1 0 3.9M12 9.7c1.2.5 2 1.7 2 3.3',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c0-2.5 2.2-4 5-4s5 1.5 5 4',
  chat: 'M2.5 4.5A1.5 1.5 0 0 1 4 3h8a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 12 11H7l-3 2.5V11a1.5 1.5 0 0 1-1.5-1.5zM5.5 6h5M5.5 8.2h3',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  left: 'M9.5 4 5.5 8l4 4',
  right: 'M6.5 4l4 4-4 4',
  external: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1h2.5',
  warning: 'M8 2.8 14 13H2zM8 6.5v3M8 11.3v.1',
  info: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 7.5v3.3M8 5.2v.1',
  offline:
    'M2 6.5a9 9 0 0 1 3-1.9M14 6.5a9 9 0 0 0-5.5-2.4M4.5 9a5.5 5.5 0 0 1 2-1.2M11.5 9a5.5 5.5 0 0 0-1.4-.9M8 12h.01M3 2.5l10 11',
  send: 'M13.5 2.5 2.5 6.8l4.2 2 2.2 4.7zM6.7 8.8l3-3',
  copy: 'M5.5 5.5h7v7h-7zM10.5 5.5V3.5h-7v7h2',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.8v1M8 13.2v1M1.8 8h1M13.2 8h1M3.6 3.6l.7.7M11.7 11.7l.7.7M3.6 12.4l.7-.7M11.7 4.3l.7-.7',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6z',
  system: 'M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3',
  webhook:
    'M6.3 6.8a2.7 2.7 0 1 1 3.6-.2l1.9 3.3M5.9 6.5l-1.8 3.3M4 9.6A2.1 2.1 0 1 0 6 12h5.3M10 10.4a2.1 2.1 0 1 1 .6 3.2',
  retry: 'M13 8a5 5 0 1 1-1.5-3.5M13 2.5v3h-3',
  file: 'M4.5 2.5h5l2.5 2.5v8.5h-7.5zM9.5 2.5V5H12',
  star: 'M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z',
  phone: 'M5.5 2.5h5a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM7.5 11.5h1',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof DRAWINGS;

/** Renders an icon. It is hidden from screen readers, so its container needs a label. */
export function icon(name: IconName, size = 16): SVGTemplateResult {
  return svg`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${DRAWINGS[name]}></path></svg>`;
}
