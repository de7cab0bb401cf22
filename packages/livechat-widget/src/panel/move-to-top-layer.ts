/**
 * Keeps `root` where the visitor looks. Inside a transformed ancestor (a filter, containment or a page
 * builder's zoom does it as well) "fixed" means fixed to that ancestor, and the launcher scrolls away or
 * stands far below. Only then it moves to the top layer, which knows no ancestors: there `z-index` counts for
 * nothing, so it is not where it belongs on other pages. It looks until `signal` aborts.
 */
export function moveToTopLayer(root: HTMLElement, button: Element, signal: AbortSignal): void {
  const observer = new IntersectionObserver(([change]) => {
    const { top, bottom, width } = change!.boundingClientRect;
    // No width: the site hides it.
    if (!width || (top >= 0 && bottom <= innerHeight)) return;
    root.popover = 'manual';
    root.togglePopover?.(true);
    // WebKit leaves a box that stands already where it stood: it has to be gone for a moment.
    root.style.display = 'none';
    root.getBoundingClientRect();
    root.style.display = '';
  });
  observer.observe(button);
  signal.addEventListener('abort', () => observer.disconnect());
}
