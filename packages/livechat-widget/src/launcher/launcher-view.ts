import { launcherStyles } from './launcher.styles.ts';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT = 'M12 3c5 0 9 3 9 8s-4 8-9 8l-3-.4L5 21l.7-4C4 15.6 3 13.4 3 11c0-5 4-8 9-8Z';

/** Elements of the launcher. Created without a library, so that it paints as soon as possible. */
export interface LauncherView {
  root: HTMLElement;
  button: HTMLButtonElement;
  /** Text beside the icon; may be empty. */
  label: Text;
  /** Style sheet of the launcher. */
  sheet: CSSStyleSheet;
}

/** Creates the launcher in `shadow`. */
export function buildLauncher(shadow: ShadowRoot): LauncherView {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyles);
  shadow.adoptedStyleSheets = [sheet];
  const root = element('div', 'root');
  const button = element('button', 'launcher');
  // The page can replace the picture.
  const picture = slotOf('launcher');
  const label = new Text();
  button.part = 'launcher';
  button.ariaHasPopup = 'dialog';
  picture.append(icon(CHAT));
  button.append(picture, label);
  root.append(button);
  shadow.append(root);
  return { root, button, label, sheet };
}

/** Creates an element, optionally with a class. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

/** Creates a slot for the page's content. */
export function slotOf(name: string): HTMLSlotElement {
  const slot = element('slot');
  slot.name = name;
  return slot;
}

/** Creates an icon from a path on a grid of 24. */
function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
