/**
 * Keeps `root` visible until `signal` aborts. Inside an ancestor with a transform (or a filter, containment,
 * or a page builder's zoom) "fixed" is relative to that ancestor, so the launcher scrolls away or is placed
 * far below. Only then `root` moves to the top layer. It is not used on other pages, because it ignores
 * `z-index`.
 */
export function moveToTopLayer(root: HTMLElement, button: Element, signal: AbortSignal): void {
  const observer = new IntersectionObserver(([change]) => {
    const { top, bottom, width } = change!.boundingClientRect;
    // No width: the site hides it.
    if (!width || (top >= 0 && bottom <= innerHeight)) return;
    root.popover = 'manual';
    root.togglePopover?.(true);
    // WebKit does not move an existing box, so remove it for a moment.
    root.style.display = 'none';
    root.getBoundingClientRect();
    root.style.display = '';
  });
  observer.observe(button);
  signal.addEventListener('abort', () => observer.disconnect());
}
