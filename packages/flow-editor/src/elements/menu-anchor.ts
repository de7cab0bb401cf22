/**
 * Returns the position of a context menu: at the pointer for a right click, at the card for the keyboard
 * (Shift+F10, menu key), whose event has no useful position.
 */
export function menuAnchor(event: MouseEvent, cardRect: DOMRect | null): DOMRect {
  const isPointer = event.button === 2 || event.ctrlKey;
  return !isPointer && cardRect ? cardRect : new DOMRect(event.clientX, event.clientY, 0, 0);
}
