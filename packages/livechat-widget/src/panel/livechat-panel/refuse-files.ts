/**
 * Prevents the default for dragged files, which would replace the page. Returns true when they were dropped.
 */
export function refuseDrop(event: DragEvent): boolean {
  if (!event.dataTransfer?.types.includes('Files')) return false;
  event.preventDefault();
  // Browsers do not dispatch a drop that is not allowed, and the visitor would not see why.
  event.dataTransfer.dropEffect = 'copy';
  return event.type === 'drop';
}

/** Prevents the default for pasted files without a text. Returns true if there were any. */
export function refusePaste(event: ClipboardEvent): boolean {
  const { files, types } = event.clipboardData ?? {};
  if (!files?.length || types?.includes('text/plain')) return false;
  event.preventDefault();
  return true;
}
