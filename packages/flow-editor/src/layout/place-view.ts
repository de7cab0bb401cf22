import type { FlowLayout } from './flow-layout.ts';
import { fitBox, panBy, type Size, type Viewport } from './viewport.ts';

/** A flow that fits at this scale is shown whole at first; a bigger one begins at its start card. */
const COMFORTABLE_SCALE = 0.6;

/** Where a reader begins: the whole of a small flow hanging from the top, the start card of a big one. */
export function firstView({ bounds, order }: FlowLayout, size: Size): Viewport {
  const whole = fitBox(bounds, size);
  const start = order[0];
  if (whole.scale >= COMFORTABLE_SCALE || !start) {
    return { ...whole, y: Math.min(whole.y, 56 - bounds.y * whole.scale) };
  }
  const scale = size.width < 600 ? 0.8 : 1;
  return { scale, x: size.width / 2 - (start.x + start.width / 2) * scale, y: 40 };
}

/** Keeps the card in hand where it is on the screen when the tree around it moves. */
export function holdView(
  viewport: Viewport,
  before: FlowLayout,
  now: FlowLayout,
  selected: string | null,
): Viewport {
  const parentId = now.byId.get(selected ?? '')?.parentId ?? null;
  const isReordered = before.byId.get(parentId ?? '')?.card !== now.byId.get(parentId ?? '')?.card;
  // A card that changes places moves; what it hangs on stays.
  const near = isReordered ? [parentId, selected] : [selected, parentId];
  for (const id of [...near, before.order[0]?.id]) {
    const old = before.byId.get(id ?? '');
    const held = now.byId.get(id ?? '');
    if (!old || !held) continue;
    return panBy(viewport, (old.x - held.x) * viewport.scale, (old.y - held.y) * viewport.scale);
  }
  return viewport;
}
