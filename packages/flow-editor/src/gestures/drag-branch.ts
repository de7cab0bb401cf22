import { isComposing } from '@alur/flow/keyboard';
import type { PlacedCard } from '../layout/flow-layout.ts';

/** What the gesture needs from the canvas. */
export interface BranchDragHost {
  surface: HTMLElement;
  /** The branches among which a card can be moved, itself included; null when it cannot be dragged. */
  siblingsOf(cardId: string): PlacedCard[] | null;
  /** Pixels of the page for one unit of the plane. */
  pixelsPerUnit(): number;
  /** Shows the card moved by `dx` units, and the place it would take; null puts everything back. */
  show(cardId: string, drag: { dx: number; index: number } | null): void;
  /** Moves the card to a place among its siblings, counted without itself. */
  drop(cardId: string, index: number): void;
  /** A press that did not become a drag. */
  tap(event: PointerEvent): void;
}

/** A drag that may have begun. */
interface Drag {
  pointerId: number;
  cardId: string;
  startX: number;
  siblings: PlacedCard[];
  index: number;
  isMoving: boolean;
}

/** The way in pixels after which a press is a drag. */
const SLOP = 6;

/**
 * Drags a branch among its siblings with a mouse or a pen; a finger pans, and moves branches by the buttons in the details.
 * `takes` says whether a press belongs to this gesture.
 */
export function attachBranchDrag(host: BranchDragHost): {
  takes(event: PointerEvent): boolean;
  detach(): void;
} {
  const { surface } = host;
  const controller = new AbortController();
  const { signal } = controller;
  let drag: Drag | null = null;

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
    surface.removeAttribute('data-panning');
    if (ended?.isMoving) host.show(ended.cardId, null);
    return ended;
  };

  const handleDown = (event: PointerEvent) => {
    if (!takes(event)) return;
    const cardId = findCard(event)!;
    const siblings = host.siblingsOf(cardId)!;
    const index = siblings.findIndex(({ id }) => id === cardId);
    drag = { pointerId: event.pointerId, cardId, startX: event.clientX, siblings, index, isMoving: false };
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
    const dx = way / host.pixelsPerUnit();
    drag.index = findPlace(drag.siblings, drag.cardId, dx);
    host.show(drag.cardId, { dx, index: drag.index });
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

  return { takes, detach: () => controller.abort() };
}

/** The place among its siblings, counted without itself, of a card moved sideways by `dx`: by where the middles stand. */
export function findPlace(siblings: readonly PlacedCard[], cardId: string, dx: number): number {
  const card = siblings.find(({ id }) => id === cardId);
  if (!card) return 0;
  return siblings.filter(({ id, x }) => id !== cardId && x < card.x + dx).length;
}
