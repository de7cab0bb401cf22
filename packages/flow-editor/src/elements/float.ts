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

/** Options for the placement of a floating panel. */
export interface FloatOptions {
  placement?: Placement;
  /** Whether the panel is as wide as its anchor. */
  matchWidth?: boolean;
  gap?: number;
  /** Maximum height in pixels. The panel is lower if there is less room. */
  maxHeight?: number;
}

/** Reads sizes as rendered. CSS zoom enlarges a panel without a change of its `offsetWidth`. */
const zoomAware = {
  ...platform,
  getDimensions(element: Element) {
    const { width, height } = element.getBoundingClientRect();
    return { width, height };
  },
};

/**
 * Keeps `panel` beside `anchor`. Returns a function that stops it. The panel must be `position: fixed` and
 * outside transformed elements, which would move and scale it.
 */
export function keepFloating(
  anchor: Element | VirtualElement,
  panel: HTMLElement,
  options: FloatOptions = {},
): () => void {
  const { placement = 'bottom-start', matchWidth = false, gap = 6, maxHeight = 360 } = options;
  const place = async () => {
    // Positions are measured in pixels of the page and set in pixels of the panel, which CSS zoom enlarges.
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
      // Delay it: placing changes the panel's size. Browsers report a size change within a resize callback
      // ("ResizeObserver loop") as an error of the page.
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
