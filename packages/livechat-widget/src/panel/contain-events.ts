/** User interactions in the panel, without custom events of the widget. */
const CONTAINED = [
  ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'compositionend'],
  ['copy', 'cut', 'paste'],
  ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu'],
  ['touchstart', 'touchmove', 'touchend'],
  ['focusin', 'focusout'],
  ['dragenter', 'dragover', 'dragleave', 'drop'],
].flat();

/**
 * Stops user interactions inside `element`, because shortcuts, paste handlers, click-outside handlers and
 * focus traps of the page would react to them. Events of the page's own content in a slot of `widget` still
 * reach the page. Capturing handlers of the page run before; see docs/embedding.md.
 */
export function containEvents(element: HTMLElement, widget: HTMLElement): void {
  const stop = (event: Event) => {
    const [target] = event.composedPath();
    if (!widget.contains(target as Node)) event.stopPropagation();
  };
  for (const type of CONTAINED) element.addEventListener(type, stop);
}
