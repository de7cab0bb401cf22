import { launcherStyles } from './launcher.styles.ts';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT =
  'M12 3.5c5 0 8.75 3.3 8.75 7.6S17 18.7 12 18.7c-.9 0-1.8-.1-2.6-.3l-3.6 1.9c-.5.3-1-.2-.9-.7l.6-3.2a7 7 0 0 1-2.25-5.3C3.25 6.8 7 3.5 12 3.5Z';
const DOWN = 'M5.5 9l6.5 6.5L18.5 9';

/** The launcher's elements. Built by hand: no library stands between the page and its first paint. */
export interface LauncherView {
  root: HTMLElement;
  button: HTMLButtonElement;
  badge: HTMLElement;
  text: HTMLElement;
}

let sheet: CSSStyleSheet | undefined;

/** Builds the launcher in `shadow`. */
export function buildLauncher(shadow: ShadowRoot): LauncherView {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherStyles);
  }
  shadow.adoptedStyleSheets = [sheet];
  const root = element('div', 'root');
  const button = element('button', 'launcher');
  const text = element('span', 'text');
  const badge = element('b', 'badge');
  button.type = 'button';
  button.part.add('launcher');
  badge.part.add('badge');
  button.ariaHasPopup = 'dialog';
  button.append(icon(CHAT), icon(DOWN), text, badge);
  root.append(button);
  shadow.append(root);
  return { root, button, badge, text };
}

/** A new element with a class. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
