import { isComposing } from '@alur/flow/keyboard';
import type { PlacedCard } from '../layout/flow-layout.ts';

/** Functions of the canvas that the gesture calls. */
export interface BranchDragHost {
  surface: HTMLElement;
  /** Returns the branches among which a card can be moved, including itself. Null if it cannot be dragged. */
  siblingsOf(cardId: string): PlacedCard[] | null;
  /** Returns the page pixels of one unit of the content. */
  pixelsPerUnit(): number;
  /** Shows the card moved by `dx` units, and its drop position. Null restores all cards. */
  show(cardId: string, drag: { dx: number; index: number } | null): void;
  /** Moves the card to an index among its other siblings. */
  drop(cardId: string, index: number): void;
  /** Moves the view by pixels of the page. Returns the actual distance. */
  pan(dx: number): number;
  /** Called for a press that did not become a drag. */
  tap(event: PointerEvent): void;
}

/** State of a press that can become a drag. */
interface Drag {
  pointerId: number;
  cardId: string;
  startX: number;
  /** Current position of the pointer. */
  x: number;
  siblings: PlacedCard[];
  index: number;
  isMoving: boolean;
}

/** Distance in pixels after which a press becomes a drag. */
const SLOP = 6;

/**
 * Distance from the edge of the surface at which a drag moves the view, and its speed per frame, in pixels.
 */
const EDGE = 48;
const EDGE_STEP = 12;

/**
 * Drags a branch among its siblings with a mouse or a pen. Touch pans instead; the buttons in the details
 * move branches. `takes` returns whether a press belongs to this gesture.
 */
export function attachBranchDrag(host: BranchDragHost): {
  takes(event: PointerEvent): boolean;
  /** Cancels a drag, for example when the document changes. */
  cancel(): void;
  detach(): void;
} {
  const { surface } = host;
  const controller = new AbortController();
  const { signal } = controller;
  let drag: Drag | null = null;
  let frame = 0;

  const findCard = (event: PointerEvent): string | undefined => {
    const path = event.composedPath() as HTMLElement[];
    if (path.some((node) => node instanceof HTMLButtonElement)) return undefined;
    return path.find((node) => node.dataset?.['id'])?.dataset['id'];
  };

  const takes = (event: PointerEvent): boolean => {
    if (event.pointerType === 'touch' || event.button !== 0 || surface.hasAttribute('data-space'))
      return false;
    const cardId = findCard(event);
    return cardId !== undefined && host.siblingsOf(cardId) !== null;
  };

  const end = (): Drag | null => {
    const ended = drag;
    drag = null;
    cancelAnimationFrame(frame);
    frame = 0;
    surface.removeAttribute('data-panning');
    if (ended?.isMoving) host.show(ended.cardId, null);
    return ended;
  };

  const handleDown = (event: PointerEvent) => {
    if (!takes(event)) return;
    const cardId = findCard(event)!;
    const siblings = host.siblingsOf(cardId)!;
    const index = siblings.findIndex(({ id }) => id === cardId);
    const x = event.clientX;
    drag = { pointerId: event.pointerId, cardId, startX: x, x, siblings, index, isMoving: false };
  };

  const show = (moved: Drag) => {
    const dx = (moved.x - moved.startX) / host.pixelsPerUnit();
    moved.index = findPlace(moved.siblings, moved.cardId, dx);
    host.show(moved.cardId, { dx, index: moved.index });
  };

  /** Moves the view while the pointer is at an edge. */
  const panAtEdge = () => {
    frame = 0;
    if (!drag?.isMoving) return;
    const { left, right } = surface.getBoundingClientRect();
    const way = drag.x < left + EDGE ? EDGE_STEP : drag.x > right - EDGE ? -EDGE_STEP : 0;
    const panned = way === 0 ? 0 : host.pan(way);
    if (panned === 0) return;
    drag.startX += panned;
    show(drag);
    frame = requestAnimationFrame(panAtEdge);
  };

  const handleMove = (event: PointerEvent) => {
    if (event.pointerId !== drag?.pointerId) return;
    const way = event.clientX - drag.startX;
    if (!drag.isMoving && Math.abs(way) < SLOP) return;
    if (!drag.isMoving) {
      drag.isMoving = true;
      surface.setPointerCapture(event.pointerId);
      surface.toggleAttribute('data-panning', true);
    }
    drag.x = event.clientX;
    show(drag);
    if (frame === 0) frame = requestAnimationFrame(panAtEdge);
  };

  const handleUp = (event: PointerEvent) => {
    if (event.pointerId !== drag?.pointerId) return;
    const ended = end()!;
    if (!ended.isMoving) host.tap(event);
    else if (ended.siblings[ended.index]?.id !== ended.cardId) host.drop(ended.cardId, ended.index);
  };

  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isComposing(event) || !drag?.isMoving) return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };

  surface.addEventListener('pointerdown', handleDown, { signal });
  surface.addEventListener('pointermove', handleMove, { signal });
  surface.addEventListener('pointerup', handleUp, { signal });
  surface.addEventListener('pointercancel', end, { signal });
  surface.addEventListener('keydown', handleKey, { signal, capture: true });

  const detach = () => {
    end();
    controller.abort();
  };
  return { takes, cancel: end, detach };
}

/**
 * Returns the index among the other siblings of a card moved horizontally by `dx`, by the centres of the
 * cards.
 */
export function findPlace(siblings: readonly PlacedCard[], cardId: string, dx: number): number {
  const card = siblings.find(({ id }) => id === cardId);
  if (!card) return 0;
  return siblings.filter(({ id, x }) => id !== cardId && x < card.x + dx).length;
}
