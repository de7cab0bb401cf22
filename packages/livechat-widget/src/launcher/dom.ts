const SVG = 'http://www.w3.org/2000/svg';

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
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
