/** What people do in the panel. Custom events of the widget are not among them. */
const CONTAINED = [
  ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'compositionend'],
  ['copy', 'cut', 'paste'],
  ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu'],
  ['touchstart', 'touchmove', 'touchend'],
  ['focusin', 'focusout'],
  ['dragenter', 'dragover', 'dragleave', 'drop'],
].flat();

/**
 * Keeps what people do inside `element` from the page: its one-key shortcuts, paste handlers, click-outside
 * handlers and focus traps would act on it. Events of the page's own content in a slot of `widget` still
 * reach the page. Handlers that the page registered for the capturing phase run before; see
 * docs/embedding.md.
 */
export function containEvents(element: HTMLElement, widget: HTMLElement): void {
  const stop = (event: Event) => {
    const [target] = event.composedPath();
    if (!widget.contains(target as Node)) event.stopPropagation();
  };
  for (const type of CONTAINED) element.addEventListener(type, stop);
}
