/** Position of the canvas content: a point of the content is on the screen at `content * scale + offset`. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

/** Point, in pixels of the screen or units of the content. */
export interface Point {
  x: number;
  y: number;
}

/** Width and height. */
export interface Size {
  width: number;
  height: number;
}

/** Box with its left and top edge. */
export interface Box extends Point, Size {}

/** Range of scales: from an overview of a big flow to 200 %. */
export const SCALE_RANGE = { min: 0.04, max: 2 } as const;

/** Minimum scale at which cards show text. Below it, a card is an empty box. */
export const READABLE_SCALE = 0.36;

/** Limits a scale to `SCALE_RANGE`. */
export function clampScale(scale: number): number {
  return Math.min(SCALE_RANGE.max, Math.max(SCALE_RANGE.min, scale));
}

/** Returns the viewport moved by pixels of the screen. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** Returns the viewport at another scale. The content at `at` (screen pixels) keeps its position. */
export function zoomTo(viewport: Viewport, scale: number, at: Point): Viewport {
  const next = clampScale(scale);
  const ratio = next / viewport.scale;
  return { scale: next, x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio };
}

/** Converts a point of the screen to a point of the content. */
export function toContent(viewport: Viewport, point: Point): Point {
  return { x: (point.x - viewport.x) / viewport.scale, y: (point.y - viewport.y) / viewport.scale };
}

/** Converts a point of the content to a point of the screen. */
export function toScreen(viewport: Viewport, point: Point): Point {
  return { x: point.x * viewport.scale + viewport.x, y: point.y * viewport.scale + viewport.y };
}

/** Returns the visible part of the content, extended on each side by `margin` pixels of the screen. */
export function seenBox(viewport: Viewport, screen: Size, margin = 0): Box {
  const topLeft = toContent(viewport, { x: -margin, y: -margin });
  return {
    ...topLeft,
    width: (screen.width + 2 * margin) / viewport.scale,
    height: (screen.height + 2 * margin) / viewport.scale,
  };
}

/** Returns the bounding box of boxes. An empty one at the origin if there are none. */
export function boxAround(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y;
  return { x, y, width, height };
}

/** Returns whether two boxes share a point. */
export function doBoxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Returns whether `inner` is completely within `outer`. */
export function isBoxInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/**
 * Returns the viewport that shows all of `content` centred on the screen, at most at 100 %. Content that does
 * not fit at the minimum scale is aligned to the top.
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
 * Returns the viewport with the smallest move that shows all of `box` (content), with `padding` pixels around
 * it.
 */
export function revealBox(viewport: Viewport, box: Box, screen: Size, padding = 64): Viewport {
  const topLeft = toScreen(viewport, box);
  const width = box.width * viewport.scale;
  const height = box.height * viewport.scale;
  return {
    ...viewport,
    x: viewport.x + smallestShift(topLeft.x, width, screen.width, padding),
    y: viewport.y + smallestShift(topLeft.y, height, screen.height, padding),
  };
}

/** Returns the viewport with the centre of `box` in the centre of the screen. */
export function centreBox(viewport: Viewport, box: Box, screen: Size): Viewport {
  return {
    ...viewport,
    x: screen.width / 2 - (box.x + box.width / 2) * viewport.scale,
    y: screen.height / 2 - (box.y + box.height / 2) * viewport.scale,
  };
}

/** Returns the viewport with the smallest move that shows at least `edge` pixels of `content`. */
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

function smallestShift(start: number, length: number, room: number, padding: number): number {
  const margin = Math.max(0, Math.min(padding, (room - length) / 2));
  if (start < margin) return margin - start;
  const over = start + length - (room - margin);
  return over > 0 ? -Math.min(over, start - margin) : 0;
}
