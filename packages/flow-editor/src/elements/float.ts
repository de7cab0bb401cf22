import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  shift,
  size,
  type Placement,
  type VirtualElement,
} from '@floating-ui/dom';

/** How a floating panel is placed. */
export interface FloatOptions {
  placement?: Placement;
  /** As wide as what it belongs to. */
  matchWidth?: boolean;
  gap?: number;
  /** Highest it may be, in pixels; less where there is no room. */
  maxHeight?: number;
}

/**
 * Keeps `panel` beside `anchor` until the returned function is called. The panel must be `position: fixed` and stand
 * outside whatever is transformed, or it would be moved and scaled with it.
 */
export function keepFloating(
  anchor: Element | VirtualElement,
  panel: HTMLElement,
  options: FloatOptions = {},
): () => void {
  const { placement = 'bottom-start', matchWidth = false, gap = 6, maxHeight = 360 } = options;
  const place = async () => {
    const { x, y } = await computePosition(anchor, panel, {
      placement,
      strategy: 'fixed',
      middleware: [
        offset(gap),
        flip({ padding: 8 }),
        shift({ padding: 8 }),
        size({
          padding: 8,
          apply({ rects, availableHeight }) {
            panel.style.maxHeight = `${Math.max(120, Math.min(maxHeight, availableHeight))}px`;
            if (matchWidth) panel.style.width = `${rects.reference.width}px`;
          },
        }),
      ],
    });
    panel.style.left = `${x}px`;
    panel.style.top = `${y}px`;
    panel.style.opacity = '1';
  };
  let later: ReturnType<typeof setTimeout> | undefined;
  const stop = autoUpdate(
    anchor,
    panel,
    () => {
      // Not at once: placing changes the panel's size, and browsers report a size that changes while sizes are being
      // reported ("ResizeObserver loop") as an error of the page.
      clearTimeout(later);
      later = setTimeout(place);
    },
    { animationFrame: false },
  );
  void place();
  return () => {
    clearTimeout(later);
    stop();
  };
}
