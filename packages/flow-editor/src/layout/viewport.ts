/** Where the plane is: a point of the plane stands on the screen at `plane * scale + offset`. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

/** A point, in pixels of the screen or units of the plane. */
export interface Point {
  x: number;
  y: number;
}

/** A width and a height. */
export interface Size {
  width: number;
  height: number;
}

/** A box with its left and top edge. */
export interface Box extends Point, Size {}

/** The scales a person can reach: from an overview of a big flow to twice the drawn size. */
export const SCALE_RANGE = { min: 0.04, max: 2 } as const;

/** The scale below which the words of a card cannot be read and a card is drawn as a plain box. */
export const READABLE_SCALE = 0.36;

/** `scale`, brought into the range that can be reached. */
export function clampScale(scale: number): number {
  return Math.min(SCALE_RANGE.max, Math.max(SCALE_RANGE.min, scale));
}

/** The viewport after moving the plane by pixels of the screen. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** The viewport at another scale, with the plane's point under `at` (screen pixels) staying where it is. */
export function zoomTo(viewport: Viewport, scale: number, at: Point): Viewport {
  const next = clampScale(scale);
  const ratio = next / viewport.scale;
  return { scale: next, x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio };
}

/** The point of the plane that stands at a point of the screen. */
export function toPlane(viewport: Viewport, point: Point): Point {
  return { x: (point.x - viewport.x) / viewport.scale, y: (point.y - viewport.y) / viewport.scale };
}

/** The point of the screen at which a point of the plane stands. */
export function toScreen(viewport: Viewport, point: Point): Point {
  return { x: point.x * viewport.scale + viewport.x, y: point.y * viewport.scale + viewport.y };
}

/** The part of the plane that can be seen, widened on each side by `margin` pixels of the screen. */
export function seenBox(viewport: Viewport, screen: Size, margin = 0): Box {
  const topLeft = toPlane(viewport, { x: -margin, y: -margin });
  return {
    ...topLeft,
    width: (screen.width + 2 * margin) / viewport.scale,
    height: (screen.height + 2 * margin) / viewport.scale,
  };
}

/** The smallest box around others; an empty one at the origin when there are none. */
export function boxAround(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y;
  return { x, y, width, height };
}

/** Whether two boxes share a point. */
export function doBoxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether `inner` lies wholly within `outer`. */
export function isBoxInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/**
 * The viewport that shows all of `content` in the middle of the screen, never larger than drawn size.
 * What does not fit at the smallest scale begins at the top.
 */
export function fitBox(content: Box, screen: Size, padding = 48): Viewport {
  const room = {
    width: Math.max(1, screen.width - 2 * padding),
    height: Math.max(1, screen.height - 2 * padding),
  };
  const wanted = Math.min(1, room.width / content.width, room.height / content.height);
  const scale = clampScale(wanted);
  const x = screen.width / 2 - (content.x + content.width / 2) * scale;
  const tooHigh = content.height * scale > room.height;
  const y = tooHigh
    ? padding - content.y * scale
    : screen.height / 2 - (content.y + content.height / 2) * scale;
  return { x, y, scale };
}

/**
 * The viewport moved as little as needed for `box` (plane) to be seen whole, with `padding` pixels of air.
 */
export function revealBox(viewport: Viewport, box: Box, screen: Size, padding = 64): Viewport {
  const topLeft = toScreen(viewport, box);
  const width = box.width * viewport.scale;
  const height = box.height * viewport.scale;
  return {
    ...viewport,
    x: viewport.x + nudge(topLeft.x, width, screen.width, padding),
    y: viewport.y + nudge(topLeft.y, height, screen.height, padding),
  };
}

/** The viewport with the middle of `box` in the middle of the screen. */
export function centreBox(viewport: Viewport, box: Box, screen: Size): Viewport {
  return {
    ...viewport,
    x: screen.width / 2 - (box.x + box.width / 2) * viewport.scale,
    y: screen.height / 2 - (box.y + box.height / 2) * viewport.scale,
  };
}

/**
 * The viewport moved as little as needed for at least `edge` pixels of `content` (plane) to be on the screen.
 */
export function keepInSight(viewport: Viewport, content: Box, screen: Size, edge = 80): Viewport {
  const topLeft = toScreen(viewport, content);
  const along = (start: number, length: number, room: number) => {
    const least = Math.min(edge, room / 2, length);
    if (start + length < least) return least - start - length;
    return start > room - least ? room - least - start : 0;
  };
  return {
    ...viewport,
    x: viewport.x + along(topLeft.x, content.width * viewport.scale, screen.width),
    y: viewport.y + along(topLeft.y, content.height * viewport.scale, screen.height),
  };
}

function nudge(start: number, length: number, room: number, padding: number): number {
  const air = Math.max(0, Math.min(padding, (room - length) / 2));
  if (start < air) return air - start;
  const over = start + length - (room - air);
  return over > 0 ? -Math.min(over, start - air) : 0;
}
