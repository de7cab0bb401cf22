import { panBy, zoomTo, type Point, type Viewport } from '../layout/viewport.ts';

/** Functions of the canvas that the gesture calls. */
export interface PanZoomHost {
  /** Element that receives all pointer events. */
  surface: HTMLElement;
  viewport(): Viewport;
  /** Sets the viewport. `done` is true for the last move of a gesture. */
  moveTo(viewport: Viewport, done: boolean): void;
  /** Called for a press that did not become a gesture. */
  tap(event: PointerEvent): void;
  /** Returns whether a press belongs to another gesture. */
  isTaken(event: PointerEvent): boolean;
}

/** Distance in pixels after which a press becomes a drag. */
const SLOP = 4;

/** Time after the last wheel event at which the gesture ends, in milliseconds. */
const WHEEL_REST_MS = 160;

/**
 * Pans and zooms with mouse, wheel, trackpad, pen and touch. One set of listeners is on the surface. Pointers
 * are captured while they are down, so that gestures continue outside the element. A second finger turns a
 * drag into a pinch. Returns a function that removes the listeners.
 */
export function attachPanZoom(host: PanZoomHost): () => void {
  const { surface } = host;
  const pointers = new Map<number, Point>();
  let moved = false;
  let spaceHeld = false;
  let wheelTimer: ReturnType<typeof setTimeout> | undefined;
  const controller = new AbortController();
  const { signal } = controller;

  const at = (event: MouseEvent): Point => {
    const box = surface.getBoundingClientRect();
    // A transformed ancestor scales page pixels. The content uses its own units.
    const ratio = surface.offsetWidth / box.width || 1;
    return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio };
  };

  const handleDown = (event: PointerEvent) => {
    if (event.button > 1 || host.isTaken(event)) return;
    if (event.button === 1 || spaceHeld) event.preventDefault();
    if (pointers.size === 0) moved = event.button === 1 || spaceHeld;
    else moved = true;
    pointers.set(event.pointerId, at(event));
  };

  const handleMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < SLOP) return;
    if (!surface.hasPointerCapture(event.pointerId)) {
      surface.setPointerCapture(event.pointerId);
      surface.toggleAttribute('data-panning', true);
    }
    moved = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (!other) {
      host.moveTo(panBy(host.viewport(), now.x - before.x, now.y - before.y), false);
      return;
    }
    const spread = Math.hypot(now.x - other.x, now.y - other.y);
    const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y) || 1;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const middleBefore = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 };
    const panned = panBy(host.viewport(), middle.x - middleBefore.x, middle.y - middleBefore.y);
    host.moveTo(zoomTo(panned, (panned.scale * spread) / spreadBefore, middle), false);
  };

  const handleEnd = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size > 0) return;
    surface.removeAttribute('data-panning');
    if (moved) host.moveTo(host.viewport(), true);
    else if (event.type === 'pointerup') host.tap(event);
  };

  const handleWheel = (event: WheelEvent) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const viewport = host.viewport();
    if (event.ctrlKey || event.metaKey) {
      // Trackpads report a pinch as many small wheel events with ctrl, a wheel as few big ones.
      const turn = Math.max(-60, Math.min(60, event.deltaY * lines));
      host.moveTo(zoomTo(viewport, viewport.scale * Math.exp(-turn / 160), at(event)), false);
    } else {
      const sideways = event.shiftKey && event.deltaX === 0;
      const dx = sideways ? event.deltaY : event.deltaX;
      const dy = sideways ? 0 : event.deltaY;
      host.moveTo(panBy(viewport, -dx * lines, -dy * lines), false);
    }
    clearTimeout(wheelTimer);
    wheelTimer = setTimeout(() => host.moveTo(host.viewport(), true), WHEEL_REST_MS);
  };

  const handleKey = (event: KeyboardEvent) => {
    if (event.code !== 'Space' || event.composedPath()[0] instanceof HTMLButtonElement) return;
    // The page must not scroll at the start of a drag.
    event.preventDefault();
    spaceHeld = event.type === 'keydown';
    surface.toggleAttribute('data-space', spaceHeld);
  };

  const releaseSpace = () => {
    spaceHeld = false;
    surface.removeAttribute('data-space');
  };

  surface.addEventListener('pointerdown', handleDown, { signal });
  surface.addEventListener('pointermove', handleMove, { signal });
  surface.addEventListener('pointerup', handleEnd, { signal });
  surface.addEventListener('pointercancel', handleEnd, { signal });
  surface.addEventListener('lostpointercapture', handleEnd, { signal });
  surface.addEventListener('wheel', handleWheel, { signal, passive: false });
  surface.addEventListener('keydown', handleKey, { signal });
  surface.addEventListener('keyup', handleKey, { signal });
  // The key may be released while another element or window has the focus.
  window.addEventListener('keyup', ({ code }) => code === 'Space' && releaseSpace(), { signal });
  window.addEventListener('blur', releaseSpace, { signal });

  return () => {
    clearTimeout(wheelTimer);
    controller.abort();
  };
}
