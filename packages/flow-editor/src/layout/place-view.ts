import type { FlowLayout } from './flow-layout.ts';
import { fitBox, panBy, type Size, type Viewport } from './viewport.ts';

/** Minimum scale at which a flow is initially shown as a whole. A bigger flow starts at its start card. */
const COMFORTABLE_SCALE = 0.6;

/**
 * Returns the initial viewport: the whole of a small flow aligned to the top, or the start card of a big one.
 */
export function firstView({ bounds, order }: FlowLayout, size: Size): Viewport {
  const whole = fitBox(bounds, size);
  const start = order[0];
  if (whole.scale >= COMFORTABLE_SCALE || !start) {
    return { ...whole, y: Math.min(whole.y, 56 - bounds.y * whole.scale) };
  }
  const scale = size.width < 600 ? 0.8 : 1;
  return { scale, x: size.width / 2 - (start.x + start.width / 2) * scale, y: 40 };
}

/**
 * Returns the viewport in which the selected card keeps its position on the screen when the layout changes.
 */
export function holdView(
  viewport: Viewport,
  before: FlowLayout,
  now: FlowLayout,
  selected: string | null,
): Viewport {
  const parentId = now.byId.get(selected ?? '')?.parentId ?? null;
  const isReordered = before.byId.get(parentId ?? '')?.card !== now.byId.get(parentId ?? '')?.card;
  // A reordered card moves, so use its parent.
  const near = isReordered ? [parentId, selected] : [selected, parentId];
  for (const id of [...near, before.order[0]?.id]) {
    const old = before.byId.get(id ?? '');
    const held = now.byId.get(id ?? '');
    if (!old || !held) continue;
    return panBy(viewport, (old.x - held.x) * viewport.scale, (old.y - held.y) * viewport.scale);
  }
  return viewport;
}
