/** Resolves in a task of its own, so that the browser can see to the visitor and the page first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
