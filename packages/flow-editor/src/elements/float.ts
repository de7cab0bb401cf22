import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  platform,
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

/** Sizes as they are on the page: CSS zoom enlarges a panel, and its `offsetWidth` does not say so. */
const zoomAware = {
  ...platform,
  getDimensions(element: Element) {
    const { width, height } = element.getBoundingClientRect();
    return { width, height };
  },
};

/**
 * Keeps `panel` beside `anchor` until the returned function is called. The panel must be `position: fixed`
 * and stand outside whatever is transformed, or it would be moved and scaled with it.
 */
export function keepFloating(
  anchor: Element | VirtualElement,
  panel: HTMLElement,
  options: FloatOptions = {},
): () => void {
  const { placement = 'bottom-start', matchWidth = false, gap = 6, maxHeight = 360 } = options;
  const place = async () => {
    // Positions are measured in pixels of the page and written in pixels of the panel, which CSS zoom makes
    // larger.
    const zoom = panel.currentCSSZoom ?? 1;
    const { x, y } = await computePosition(anchor, panel, {
      placement,
      strategy: 'fixed',
      platform: zoomAware,
      middleware: [
        offset(gap),
        flip({ padding: 8 }),
        shift({ padding: 8 }),
        size({
          padding: 8,
          apply({ rects, availableHeight }) {
            panel.style.maxHeight = `${Math.max(120, Math.min(maxHeight, availableHeight / zoom))}px`;
            if (matchWidth) panel.style.width = `${rects.reference.width / zoom}px`;
          },
        }),
      ],
    });
    panel.style.left = `${x / zoom}px`;
    panel.style.top = `${y / zoom}px`;
    panel.style.opacity = '1';
  };
  let later: ReturnType<typeof setTimeout> | undefined;
  const stop = autoUpdate(
    anchor,
    panel,
    () => {
      // Not at once: placing changes the panel's size, and browsers report a size that changes while sizes
      // are being reported ("ResizeObserver loop") as an error of the page.
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
